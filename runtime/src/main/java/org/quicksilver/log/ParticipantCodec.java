package org.quicksilver.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.Progress;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.Vote;

/**
 * Those who take part in a transaction, within a log record.
 *
 * <pre>
 *   node:         node (8), incarnation (4)
 *   participant:  0, incarnation (4), number (4)   or   1, node (12)
 *                 class (1), effect of death (1), progress (1), vote (1; 0 for none), round (4), reachable (1)
 * </pre>
 *
 * Constants are written as their place in the enum: who reorders one raises the version.
 */
final class ParticipantCodec {

  static final int TID = Long.BYTES + Integer.BYTES + Long.BYTES;
  static final int NODE = Long.BYTES + Integer.BYTES;

  private static final byte IS_PROCESS = 0;
  private static final byte IS_NODE = 1;
  private static final int PROCESS = Integer.BYTES + Integer.BYTES;
  private static final int STATE = 4 + Integer.BYTES + 1;
  private static final int SMALLEST = 1 + PROCESS + STATE;

  private static final List<ParticipationClass> CLASSES = List.of(ParticipationClass.values());
  private static final List<DeathEffect> EFFECTS = List.of(DeathEffect.values());
  private static final List<Progress> PROGRESS = List.of(Progress.values());
  private static final List<Vote> VOTES = List.of(Vote.values());

  private ParticipantCodec() {}

  static void putTid(ByteBuffer to, TransactionId tid) {
    to.putLong(tid.node()).putInt(tid.incarnation()).putLong(tid.sequence());
  }

  static TransactionId tid(ByteBuffer from) {
    return new TransactionId(from.getLong(), from.getInt(), from.getLong());
  }

  static void putNode(ByteBuffer to, NodeParticipant node) {
    to.putLong(node.node().value()).putInt(node.incarnation());
  }

  static NodeParticipant node(ByteBuffer from) {
    return new NodeParticipant(new NodeId(from.getLong()), from.getInt());
  }

  static int lengthOfNodes(List<NodeParticipant> nodes) {
    return Integer.BYTES + nodes.size() * NODE;
  }

  static void putNodes(ByteBuffer to, List<NodeParticipant> nodes) {
    to.putInt(nodes.size());
    nodes.forEach(each -> putNode(to, each));
  }

  static List<NodeParticipant> nodes(ByteBuffer from) {
    List<NodeParticipant> nodes = new ArrayList<>();
    for (int left = number(from, NODE); left > 0; left--) {
      nodes.add(node(from));
    }
    return nodes;
  }

  static int length(List<Participant> participants) {
    int length = Integer.BYTES;
    for (Participant each : participants) {
      length += 1 + (each.id() instanceof NodeParticipant ? NODE : PROCESS) + STATE;
    }
    return length;
  }

  static void putParticipants(ByteBuffer to, List<Participant> participants) {
    to.putInt(participants.size());
    participants.forEach(each -> put(to, each));
  }

  private static void put(ByteBuffer to, Participant participant) {
    if (participant.id() instanceof NodeParticipant node) {
      putNode(to.put(IS_NODE), node);
    } else if (participant.id() instanceof ProcessParticipant process) {
      to.put(IS_PROCESS).putInt(process.incarnation()).putInt(process.number());
    }
    Vote vote = participant.vote();
    to.put((byte) participant.participation().ordinal());
    to.put((byte) participant.onDeath().ordinal());
    to.put((byte) participant.progress().ordinal());
    to.put((byte) (vote == null ? 0 : vote.ordinal() + 1));
    to.putInt(participant.round()).put((byte) (participant.reachable() ? 1 : 0));
  }

  static List<Participant> participants(ByteBuffer from) {
    List<Participant> participants = new ArrayList<>();
    for (int left = number(from, SMALLEST); left > 0; left--) {
      participants.add(participant(from));
    }
    return participants;
  }

  private static Participant participant(ByteBuffer from) {
    ParticipantId id = id(from);
    ParticipationClass participation = constant(CLASSES, from.get());
    DeathEffect onDeath = constant(EFFECTS, from.get());
    Progress progress = constant(PROGRESS, from.get());
    byte vote = from.get();
    return new Participant(
        id,
        participation,
        onDeath,
        progress,
        vote == 0 ? null : constant(VOTES, (byte) (vote - 1)),
        from.getInt(),
        constant(List.of(false, true), from.get()));
  }

  private static ParticipantId id(ByteBuffer from) {
    byte kind = from.get();
    return switch (kind) {
      case IS_PROCESS -> new ProcessParticipant(from.getInt(), from.getInt());
      case IS_NODE -> node(from);
      default -> throw new IllegalArgumentException("kind of participant " + kind);
    };
  }

  private static int number(ByteBuffer from, int smallest) {
    int number = from.getInt();
    if (number < 0 || number > from.remaining() / smallest) {
      throw new IllegalArgumentException("a list of " + number);
    }
    return number;
  }

  static <T> T constant(List<T> all, byte place) {
    if (place < 0 || place >= all.size()) {
      throw new IllegalArgumentException("constant " + place + " of " + all);
    }
    return all.get(place);
  }
}
