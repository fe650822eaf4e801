package org.quicksilver.transaction;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What this node is to a transaction, and where the transaction stands in that role. */
public sealed interface Role {

  /** Where the transaction stands. */
  Phase phase();

  /**
   * This node decides.
   *
   * @param phase where it stands
   * @param log the replicated log in which it is decided; null if this node's own log is it
   */
  record Root(RootPhase phase, @Nullable NodeId log) implements Role {
    private static final List<Root> ALL = Stream.of(RootPhase.values()).map(Root::new).toList();

    /** Decided in this node's own log. */
    public Root(RootPhase phase) {
      this(phase, null);
    }

    static Root of(RootPhase phase) {
      return ALL.get(phase.ordinal());
    }

    Root in(RootPhase next) {
      return log == null ? of(next) : new Root(next, log);
    }
  }

  /**
   * This node reports to a superior.
   *
   * @param phase where it stands
   * @param primary the first superior that reached it, in its latest known life; the vote goes to
   *     this one
   * @param others further superiors; their vote requests are answered read-only at once
   * @param coordinator the node that decides; null until the vote request has named it
   * @param round number of the primary's vote request, echoed in the vote
   * @param witnesses further nodes that may know the outcome: the superiors' superiors up to the
   *     coordinator, and siblings
   * @param owed superiors that wait for an acknowledgement of the end
   * @param superiorLost whether the link to the primary is down
   * @param decidedBy by whose word the outcome, once there is one, stands
   */
  record Subordinate(
      SubordinatePhase phase,
      NodeParticipant primary,
      List<NodeParticipant> others,
      @Nullable NodeId coordinator,
      int round,
      List<NodeParticipant> witnesses,
      List<NodeParticipant> owed,
      boolean superiorLost,
      Authority decidedBy)
      implements Role {

    /** Copies the collections. */
    public Subordinate {
      others = List.copyOf(others);
      witnesses = List.copyOf(witnesses);
      owed = List.copyOf(owed);
    }

    static Subordinate under(NodeParticipant primary) {
      return new Subordinate(
          SubordinatePhase.ACTIVE,
          primary,
          List.of(),
          null,
          0,
          List.of(),
          List.of(),
          false,
          Authority.COORDINATOR);
    }

    /**
     * Back to work after a read-only vote; vote requests of the earlier enlistment are stale then.
     * Former superiors are remembered: what they sent before the vote may still be under way.
     */
    Subordinate enlistedAgainBy(NodeParticipant superior) {
      int next = isUnder(superior) ? round + 1 : 0;
      List<NodeParticipant> former = isUnder(superior) ? others : plus(others, primary);
      return under(superior).withOthers(former).asked(coordinator, next, List.of());
    }

    Subordinate in(SubordinatePhase next) {
      return new Subordinate(
          next, primary, others, coordinator, round, witnesses, owed, superiorLost, decidedBy);
    }

    Subordinate withOthers(List<NodeParticipant> now) {
      return new Subordinate(
          phase, primary, now, coordinator, round, witnesses, owed, superiorLost, decidedBy);
    }

    /** Asked by the primary superior. */
    Subordinate asked(Message.VoteRequest request) {
      NodeId decides = Objects.requireNonNullElse(request.coordinator(), primary.node());
      return asked(decides, request.round(), request.witnesses());
    }

    Subordinate asked(@Nullable NodeId decides, int inRound, List<NodeParticipant> known) {
      return new Subordinate(
          phase, primary, others, decides, inRound, known, owed, superiorLost, decidedBy);
    }

    Subordinate owing(List<NodeParticipant> now) {
      return new Subordinate(
          phase, primary, others, coordinator, round, witnesses, now, superiorLost, decidedBy);
    }

    Subordinate superiorLost(boolean now) {
      return new Subordinate(
          phase, primary, others, coordinator, round, witnesses, owed, now, decidedBy);
    }

    Subordinate decidedBy(Authority authority) {
      return new Subordinate(
          phase, primary, others, coordinator, round, witnesses, owed, superiorLost, authority);
    }

    Subordinate withPrimary(NodeParticipant now) {
      return new Subordinate(
          phase, now, others, coordinator, round, witnesses, owed, superiorLost, decidedBy);
    }

    /** Owes this one an acknowledgement of the end as well. */
    Subordinate owing(NodeParticipant superior) {
      return owed.contains(superior) ? this : owing(plus(owed, superior));
    }

    /** Has one more superior. */
    Subordinate alsoUnder(NodeParticipant superior) {
      boolean known = isUnder(superior) || others.contains(superior);
      return known ? this : withOthers(plus(others, superior));
    }

    /** The primary superior may have been reborn since it was last heard. */
    Subordinate hearing(NodeParticipant from) {
      return primary.isOlderThan(from) ? withPrimary(from) : this;
    }

    /**
     * Whether a request after the read-only vote is a new enlistment. Of other superiors no rounds
     * are kept: one that has been answered before cannot be told from one overtaken, and is
     * refused.
     */
    boolean mayBeEnlistedAgainBy(NodeParticipant superior, int requestRound) {
      return isUnder(superior) ? requestRound > round : !others.contains(superior);
    }

    /** Whether it is the primary superior, in whatever life. */
    boolean isUnder(NodeParticipant superior) {
      return primary.node().equals(superior.node());
    }

    /** Whether a later life of the same node is known: then the message changes nothing. */
    boolean isStale(NodeParticipant from) {
      return from.isOlderThan(primary) || others.stream().anyMatch(from::isOlderThan);
    }

    private static List<NodeParticipant> plus(List<NodeParticipant> some, NodeParticipant one) {
      return Stream.concat(some.stream(), Stream.of(one)).toList();
    }
  }
}
