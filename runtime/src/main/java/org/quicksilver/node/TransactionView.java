package org.quicksilver.node;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Participant;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.Progress;
import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;
import org.quicksilver.transaction.Vote;

/**
 * A transaction as commands see it.
 *
 * @param transaction its ID
 * @param kind process, conversation, or program
 * @param phase where it stands
 * @param outcome once decided
 * @param owner process ID of its owner; 0 if that is not known any more
 * @param failures why it can only abort
 * @param participants who takes part
 */
record TransactionView(
    TransactionId transaction,
    String kind,
    String phase,
    @Nullable Outcome outcome,
    long owner,
    List<String> failures,
    List<Part> participants) {

  /**
   * One participant.
   *
   * @param pid process ID; 0 if that is not known any more
   * @param number 0 for the process with its handles, else that of a program's participant
   * @param participation how it takes part
   * @param progress how far it has come
   * @param vote once cast
   * @param reachable whether it can be told anything
   */
  record Part(
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
        state.outcome(),
        pid(jvms, state.ownership().localIncarnation()),
        state.failures(),
        state.participants().values().stream().map(each -> part(each, jvms)).toList());
  }

  private static Part part(Participant participant, JvmTable jvms) {
    ProcessParticipant id = (ProcessParticipant) participant.id();
    return new Part(
        pid(jvms, id.incarnation()),
        id.number(),
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
