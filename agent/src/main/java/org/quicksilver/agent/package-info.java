/**
 * What the application's class loader can see of Quicksilver: the launcher and the loader of everything else. Knows nothing but the JDK.
 */
package org.quicksilver.agent;
