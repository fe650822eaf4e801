package org.quicksilver.transaction;

/**
 * A process of this node, named by its incarnation, which is unique within the home directory.
 *
 * @param incarnation raised durably at each start of a process, unsigned
 */
public record ProcessParticipant(int incarnation) implements ParticipantId {

  @Override
  public String toString() {
    return "process " + Integer.toUnsignedString(incarnation);
  }
}
