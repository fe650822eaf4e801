/**
 * The programs that the tests run in JVMs of their own. They know nothing of Quicksilver, nor of
 * the tests.
 */
package org.quicksilver.it.subject;
