package org.quicksilver.memory;

/** What committed memory survives. */
public enum Durability {
  /** The death of this process, not of the machine. */
  PROCESS_CRASH,

  /** That of the machine, too. */
  POWER_FAILURE
}
