/**
 * Stands in for Chronicle's run-time compiler, so that Chronicle Map works on a JRE without one.
 * The one class that Chronicle would generate is made when we are built, see {@code
 * src/build/GenerateValueClass.java}; what is left are the three types that {@code
 * net.openhft.chronicle.values.ValueModel} is linked against. Knows nothing of ours.
 */
package net.openhft.compiler;
