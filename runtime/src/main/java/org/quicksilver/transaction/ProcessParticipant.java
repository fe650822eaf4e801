package org.quicksilver.transaction;

/**
 * Something in a process of this node that takes part: the process itself with all its handles, or
 * one of the participants that a program has enlisted.
 *
 * @param incarnation of the process: raised durably at each start of one, unsigned, and unique
 *     within the home directory
 * @param number 0 for the process itself; from 1 on its participants, within one transaction
 */
public record ProcessParticipant(int incarnation, int number) implements ParticipantId {

  /** The process itself. */
  public ProcessParticipant(int incarnation) {
    this(incarnation, 0);
  }

  /** Whether it is in that process. */
  public boolean isOf(int process) {
    return incarnation == process;
  }

  @Override
  public String toString() {
    String process = "process " + Integer.toUnsignedString(incarnation);
    return number == 0 ? process : "participant " + number + " of " + process;
  }
}
