package org.quicksilver.node;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.Progress;
import org.quicksilver.transaction.Role;
import org.quicksilver.transaction.SubordinateDoubt;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;
import org.quicksilver.transaction.Vote;

/**
 * A transaction as commands see it.
 *
 * @param transaction its ID
 * @param kind process, conversation, or program
 * @param at the node that says this
 * @param role root if this node decides, else subordinate
 * @param phase where it stands
 * @param superior the node this one reports to; empty if this one decides
 * @param coordinator the node that decides; empty if this one does, or that is not known yet
 * @param outcome once decided
 * @param damage what was done here against the true outcome; empty if nothing was
 * @param owner process ID of its owner; 0 if that is not known any more
 * @param beganAt when this node first knew it; null if that is not known
 * @param doubtSince since when it is in doubt; null if it is not
 * @param endedAt when only its tombstone was left
 * @param failures why it can only abort
 * @param participants who takes part
 */
record TransactionView(
    TransactionId transaction,
    String kind,
    String at,
    String role,
    String phase,
    String superior,
    String coordinator,
    @Nullable Outcome outcome,
    String damage,
    long owner,
    @Nullable Instant beganAt,
    @Nullable Instant doubtSince,
    @Nullable Instant endedAt,
    List<String> failures,
    List<Part> participants) {

  /**
   * One participant.
   *
   * @param node the node, if it is one; empty for a process of this node
   * @param pid process ID; 0 if that is not known any more, or for a node
   * @param number 0 for the process with its handles, else that of a program's participant
   * @param participation how it takes part
   * @param progress how far it has come
   * @param vote once cast
   * @param reachable whether it can be told anything
   * @param below what that node says of its own part; null unless it was asked and has answered
   */
  record Part(
      String node,
      long pid,
      int number,
      ParticipationClass participation,
      Progress progress,
      @Nullable Vote vote,
      boolean reachable,
      @Nullable TransactionView below) {

    /** The same with what that node says. */
    Part over(@Nullable TransactionView part) {
      return new Part(node, pid, number, participation, progress, vote, reachable, part);
    }
  }

  /** The same with other participants. */
  TransactionView with(List<Part> parts) {
    return new TransactionView(
        transaction,
        kind,
        at,
        role,
        phase,
        superior,
        coordinator,
        outcome,
        damage,
        owner,
        beganAt,
        doubtSince,
        endedAt,
        failures,
        parts);
  }

  static TransactionView of(TransactionTable.Known known, NodeId self, String kind, JvmTable jvms) {
    TransactionState state = known.state();
    Milestones milestones = known.milestones();
    Role.@Nullable Subordinate role =
        state.role() instanceof Role.Subordinate subordinate ? subordinate : null;
    NodeId coordinator = role == null ? null : role.coordinator();
    return new TransactionView(
        state.tid(),
        kind,
        self.toString(),
        role == null ? "root" : "subordinate",
        state.phase().toString(),
        role == null ? "" : role.primary().node().toString(),
        coordinator == null ? "" : coordinator.toString(),
        state.outcome(),
        damage(state),
        pid(jvms, state.ownership().localIncarnation()),
        instant(milestones.beganAtMillis()),
        instant(milestones.doubtSinceMillis()),
        instant(known.endedAtMillis()),
        state.failures(),
        state.participants().values().stream().map(each -> part(each, jvms)).toList());
  }

  private static String damage(TransactionState state) {
    if (!SubordinateDoubt.isDamaged(state)) {
      return "";
    }
    return state.outcome() == Outcome.COMMITTED
        ? "committed here, aborted by its coordinator"
        : "aborted here, committed by its coordinator";
  }

  private static @Nullable Instant instant(long millis) {
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  private static Part part(Participant participant, JvmTable jvms) {
    ParticipantId id = participant.id();
    int process = id instanceof ProcessParticipant each ? each.incarnation() : 0;
    return new Part(
        id instanceof NodeParticipant node ? node.node().toString() : "",
        pid(jvms, process),
        id instanceof ProcessParticipant each ? each.number() : 0,
        participant.participation(),
        participant.progress(),
        participant.vote(),
        participant.reachable(),
        null);
  }

  private static long pid(JvmTable jvms, int incarnation) {
    JvmRecord record = jvms.record(incarnation);
    return record == null ? 0 : record.pid();
  }
}
