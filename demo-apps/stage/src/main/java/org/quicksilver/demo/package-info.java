/**
 * The demo: starts the legacy programs with and without the agent, kills their clients and looks,
 * from outside, at what is left. It knows Quicksilver only by its command line and {@code
 * -javaagent}, and the legacy programs only by what they print.
 */
package org.quicksilver.demo;
