package org.quicksilver;

import java.util.ArrayList;
import java.util.List;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/** Participants that note what they are told, all into one list. */
final class Notes {

  private final List<String> notes = new ArrayList<>();

  /** One that votes as it was made to. */
  Participant participant(String name, Vote vote) {
    return new Participant() {
      @Override
      public Vote vote(TransactionId transaction) {
        note(name + " votes");
        return vote;
      }

      @Override
      public void ending(TransactionId transaction) {
        note(name + " ends");
      }

      @Override
      public void committed(TransactionId transaction) {
        note(name + " commits");
      }

      @Override
      public void aborted(TransactionId transaction) {
        note(name + " aborts");
      }
    };
  }

  /** One that does not vote. */
  Participant participant(String name) {
    return participant(name, Vote.ABORT);
  }

  synchronized void note(String text) {
    notes.add(text);
  }

  synchronized void forget(String text) {
    notes.remove(text);
  }

  synchronized List<String> all() {
    return List.copyOf(notes);
  }
}
