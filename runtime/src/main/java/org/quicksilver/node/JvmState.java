package org.quicksilver.node;

/** What is known of a JVM. */
enum JvmState {
  /** Its control channel is open; it may still be stopped. */
  LIVE,
  /** No control channel, but the kernel has not said that it is dead. */
  DISCONNECTED,
  /** Its process is gone and its lock is free. */
  DEAD
}
