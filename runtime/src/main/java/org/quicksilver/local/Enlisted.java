package org.quicksilver.local;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.Message;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/** The participants of one transaction that are here, and how they are called. Not thread-safe. */
final class Enlisted {

  private static final Logger LOG = Logger.getLogger(Enlisted.class.getName());
  private static final Message NOTICED = new Message.EndAck();

  private final Map<ParticipantId, LocalParticipant> all = new HashMap<>(4);

  void putIfAbsent(ParticipantId id, LocalParticipant participant) {
    all.putIfAbsent(id, participant);
  }

  /** In the place of one of an earlier life. */
  void put(ParticipantId id, LocalParticipant participant) {
    all.put(id, participant);
  }

  /** Their names; a copy. */
  List<ParticipantId> ids() {
    return List.copyOf(all.keySet());
  }

  /** Calls one; null if it gives no answer, or is of an earlier life and not back yet. */
  @Nullable Message call(TransactionId tid, ParticipantId to, Message message) {
    LocalParticipant participant = all.get(to);
    if (participant == null) {
      return null;
    }
    if (message instanceof Message.VoteRequest request) {
      return vote(tid, participant, request.round());
    }
    return hasTakenNotice(tid, participant, message) ? NOTICED : null;
  }

  private static Message vote(TransactionId tid, LocalParticipant participant, int round) {
    try {
      return new Message.VoteCast(participant.vote(tid), round, List.of());
    } catch (RuntimeException e) {
      return new Message.VoteCast(Vote.ABORT, round, List.of(e.toString()));
    }
  }

  private static boolean hasTakenNotice(
      TransactionId tid, LocalParticipant participant, Message message) {
    try {
      if (message instanceof Message.End end) {
        participant.ended(tid, end.outcome());
      } else if (message instanceof Message.Ending) {
        participant.ending(tid);
      }
      return true;
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, tid + ": " + participant + " did not take notice of the end", e);
      return false;
    }
  }
}
