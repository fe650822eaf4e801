package org.quicksilver.memory.participant;

import org.quicksilver.Participant;
import org.quicksilver.memory.PreparedTransaction;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/** What a former life has promised. */
final class ResumedParticipant implements Participant {

  private final PreparedTransaction prepared;

  ResumedParticipant(PreparedTransaction prepared) {
    this.prepared = prepared;
  }

  @Override
  public Vote vote(TransactionId transaction) {
    return Vote.RECOVERABLE;
  }

  @Override
  public void committed(TransactionId transaction) {
    prepared.commit();
  }

  @Override
  public void aborted(TransactionId transaction) {
    prepared.abort();
  }
}
