package org.quicksilver.node;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.Progress;
import org.quicksilver.transaction.Role;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;
import org.quicksilver.transaction.Vote;

/**
 * A transaction as commands see it.
 *
 * @param transaction its ID
 * @param kind process, conversation, or program
 * @param phase where it stands
 * @param superior the node this one reports to; empty if this one decides
 * @param outcome once decided
 * @param owner process ID of its owner; 0 if that is not known any more
 * @param failures why it can only abort
 * @param participants who takes part
 */
record TransactionView(
    TransactionId transaction,
    String kind,
    String phase,
    String superior,
    @Nullable Outcome outcome,
    long owner,
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
   */
  record Part(
      String node,
      long pid,
      int number,
      ParticipationClass participation,
      Progress progress,
      @Nullable Vote vote,
      boolean reachable) {}

  static TransactionView of(TransactionState state, String kind, JvmTable jvms) {
    return new TransactionView(
        state.tid(),
        kind,
        state.phase().toString(),
        state.role() instanceof Role.Subordinate role ? role.primary().node().toString() : "",
        state.outcome(),
        pid(jvms, state.ownership().localIncarnation()),
        state.failures(),
        state.participants().values().stream().map(each -> part(each, jvms)).toList());
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
        participant.reachable());
  }

  private static long pid(JvmTable jvms, int incarnation) {
    JvmRecord record = jvms.record(incarnation);
    return record == null ? 0 : record.pid();
  }
}
