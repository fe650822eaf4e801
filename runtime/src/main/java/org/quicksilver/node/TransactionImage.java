package org.quicksilver.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.quicksilver.node.TransactionTable.Known;
import org.quicksilver.transaction.Authority;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Ownership;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.Progress;
import org.quicksilver.transaction.Role;
import org.quicksilver.transaction.RootPhase;
import org.quicksilver.transaction.SubordinatePhase;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;
import org.quicksilver.transaction.Vote;

/**
 * A transaction as the store keeps it, in bytes: written at every step of every transaction, which
 * text would make dear. Stateless.
 *
 * <pre>
 *   version | tid | role | participants | failures | outcome | ownership | began, doubt, ended (ms)
 *   an enum is its ordinal + 1, 0 for none; a list begins with its length;
 *   a participant's ID: node (0 for a process), incarnation, number (0 for a node)
 * </pre>
 */
final class TransactionImage {

  private static final int VERSION = 1;

  private TransactionImage() {}

  static byte[] write(Known known) {
    ImageWriter out = new ImageWriter();
    try {
      out.writeByte(VERSION);
      write(out, known.state());
      out.writeLong(known.milestones().beganAtMillis());
      out.writeLong(known.milestones().doubtSinceMillis());
      out.writeLong(known.endedAtMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toBytes();
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if the bytes are none
   */
  static Known read(byte[] bytes) {
    try (ImageReader in = new ImageReader(bytes)) {
      if (in.readByte() != VERSION) {
        throw new IllegalArgumentException("a transaction stored by another version");
      }
      TransactionState state = readState(in);
      Milestones milestones = Milestones.stored(in.readLong(), in.readLong());
      return new Known(state, milestones, in.readLong());
    } catch (IOException e) {
      throw new IllegalArgumentException("half a transaction", e);
    }
  }

  private static void write(ImageWriter out, TransactionState state) throws IOException {
    out.writeLong(state.tid().node());
    out.writeInt(state.tid().incarnation());
    out.writeLong(state.tid().sequence());
    write(out, state.role());
    out.writeInt(state.participants().size());
    for (Participant participant : state.participants().values()) {
      write(out, participant);
    }
    out.writeByte(state.failures().size());
    for (String failure : state.failures()) {
      out.writeReason(failure);
    }
    out.writeEnum(state.outcome());
    write(out, state.ownership());
  }

  private static TransactionState readState(ImageReader in) throws IOException {
    TransactionId tid = new TransactionId(in.readLong(), in.readInt(), in.readLong());
    Role role = readRole(in);
    Map<ParticipantId, Participant> participants = new LinkedHashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      Participant participant = readParticipant(in);
      participants.put(participant.id(), participant);
    }
    String[] failures = new String[in.readByte()];
    for (int i = 0; i < failures.length; i++) {
      failures[i] = in.readUTF();
    }
    @Nullable Outcome outcome = in.readEnumOrNull(Outcome.values());
    return new TransactionState(
        tid, role, participants, List.of(failures), outcome, readOwnership(in));
  }

  private static void write(ImageWriter out, Role role) throws IOException {
    boolean isRoot = role instanceof Role.Root;
    out.writeBoolean(isRoot);
    if (role instanceof Role.Root root) {
      out.writeEnum(root.phase());
      out.writeNode(root.log());
    } else if (role instanceof Role.Subordinate subordinate) {
      out.writeEnum(subordinate.phase());
      out.writeId(subordinate.primary());
      out.writeLives(subordinate.others());
      out.writeNode(subordinate.coordinator());
      out.writeInt(subordinate.round());
      out.writeLives(subordinate.witnesses());
      out.writeLives(subordinate.owed());
      out.writeBoolean(subordinate.superiorLost());
      out.writeEnum(subordinate.decidedBy());
    }
  }

  private static Role readRole(ImageReader in) throws IOException {
    if (in.readBoolean()) {
      return new Role.Root(in.readEnum(RootPhase.values()), in.readNode());
    }
    return new Role.Subordinate(
        in.readEnum(SubordinatePhase.values()),
        in.readLife(),
        in.readLives(),
        in.readNode(),
        in.readInt(),
        in.readLives(),
        in.readLives(),
        in.readBoolean(),
        in.readEnum(Authority.values()));
  }

  private static void write(ImageWriter out, Participant participant) throws IOException {
    out.writeId(participant.id());
    out.writeEnum(participant.participation());
    out.writeEnum(participant.onDeath());
    out.writeEnum(participant.progress());
    out.writeEnum(participant.vote());
    out.writeInt(participant.round());
    out.writeBoolean(participant.reachable());
  }

  private static Participant readParticipant(ImageReader in) throws IOException {
    return new Participant(
        in.readId(),
        in.readEnum(ParticipationClass.values()),
        in.readEnum(DeathEffect.values()),
        in.readEnum(Progress.values()),
        in.readEnumOrNull(Vote.values()),
        in.readInt(),
        in.readBoolean());
  }

  private static void write(ImageWriter out, Ownership ownership) throws IOException {
    out.writeId(ownership.owner());
    out.writeInt(ownership.openRequests().size());
    for (long request : ownership.openRequests()) {
      out.writeLong(request);
    }
    out.writeBoolean(ownership.wantsCommit());
    out.writeInt(ownership.term());
    out.writeBoolean(ownership.awaitsTaken());
    out.writeInt(ownership.moves());
    out.writeId(ownership.goesTo());
  }

  private static Ownership readOwnership(ImageReader in) throws IOException {
    @Nullable ParticipantId owner = in.readIdOrNull();
    Set<Long> openRequests = new TreeSet<>();
    for (int left = in.readInt(); left > 0; left--) {
      openRequests.add(in.readLong());
    }
    return new Ownership(
        owner,
        openRequests,
        in.readBoolean(),
        in.readInt(),
        in.readBoolean(),
        in.readInt(),
        in.readLifeOrNull());
  }
}
