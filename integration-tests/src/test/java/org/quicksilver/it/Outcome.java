package org.quicksilver.it;

/**
 * What a program left to see. The bytes of its output are kept one to a character: equal texts are
 * equal bytes.
 *
 * @param exitCode exit code; 137 after {@code kill -9}
 * @param stdout what it printed
 * @param stderr what it complained about
 */
record Outcome(int exitCode, String stdout, String stderr) {}
