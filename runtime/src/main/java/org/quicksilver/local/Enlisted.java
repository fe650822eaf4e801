package org.quicksilver.local;

import java.util.ArrayList;
import java.util.Arrays;
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

  /** So few are found faster by looking at each. */
  private static final int FEW = 4;

  private final ParticipantId[] firstIds = new ParticipantId[FEW];
  private final LocalParticipant[] first = new LocalParticipant[FEW];
  private int few;
  private Map<ParticipantId, LocalParticipant> others = Map.of();

  void putIfAbsent(ParticipantId id, LocalParticipant participant) {
    if (find(id) == null) {
      put(id, participant);
    }
  }

  /** In the place of one of an earlier life. */
  void put(ParticipantId id, LocalParticipant participant) {
    int place = place(id);
    if (place < FEW) {
      firstIds[place] = id;
      first[place] = participant;
      few = Math.max(few, place + 1);
    } else {
      others = others.isEmpty() ? new HashMap<>() : others;
      others.put(id, participant);
    }
  }

  /** Where it is among the first, or could be added; as many as there can be if it cannot. */
  private int place(ParticipantId id) {
    int place = 0;
    while (place < few && !firstIds[place].equals(id)) {
      place++;
    }
    return place;
  }

  private @Nullable LocalParticipant find(ParticipantId id) {
    int place = place(id);
    return place < few ? first[place] : others.get(id);
  }

  /** Their names; a copy. */
  List<ParticipantId> ids() {
    List<ParticipantId> ids = new ArrayList<>(Arrays.asList(firstIds).subList(0, few));
    ids.addAll(others.keySet());
    return ids;
  }

  /** Calls one; null if it gives no answer, or is of an earlier life and not back yet. */
  @Nullable Message call(TransactionId tid, ParticipantId to, Message message) {
    LocalParticipant participant = find(to);
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
      return Message.VoteCast.of(participant.vote(tid), round);
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
