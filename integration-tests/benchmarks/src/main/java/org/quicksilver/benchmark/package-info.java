/**
 * What Quicksilver costs: the same programs with the agent and without, and transactions beside
 * those of another manager, in one run, as ratios. Knows the agent only as a jar.
 */
package org.quicksilver.benchmark;
