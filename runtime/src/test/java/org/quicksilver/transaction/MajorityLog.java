package org.quicksilver.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A replicated log with the entries of one transaction, of which only the first counts: three
 * replicas that remember, proposals in any number, each one exchange with one replica at a time,
 * and any of it may stop anywhere. Agreed is what a majority has accepted.
 *
 * <p>Source: Lamport, Paxos Made Simple, 2001.
 */
final class MajorityLog {

  static final NodeId NAME = new NodeId(0x106);

  private static final int REPLICAS = 3;
  private static final int MAJORITY = 2;

  /** What one replica remembers. */
  private static final class Replica {
    boolean isUp = true;
    int promised;
    int acceptedBallot;
    @Nullable Outcome accepted;
  }

  /** What one node wants to have written, in one life of it. */
  private static final class Proposal {
    final SimulatedNode by;
    final int life;
    final Outcome wish;
    int ballot;
    int bestBallot;
    @Nullable Outcome value;
    final Set<Replica> promised = new HashSet<>();
    final Set<Replica> accepted = new HashSet<>();

    Proposal(SimulatedNode by, Outcome wish) {
      this.by = by;
      this.life = by.incarnation;
      this.wish = wish;
    }

    boolean isAlive() {
      return by.isRunning() && by.incarnation == life;
    }

    void begin(int next) {
      ballot = next;
      bestBallot = 0;
      value = null;
      promised.clear();
      accepted.clear();
    }
  }

  private final Random random;
  private final List<Replica> replicas = new ArrayList<>();
  private final List<Proposal> proposals = new ArrayList<>();
  private int lastBallot;
  private @Nullable Outcome first;

  MajorityLog(Random random) {
    this.random = random;
    for (int i = 0; i < REPLICAS; i++) {
      replicas.add(new Replica());
    }
  }

  /** What has been agreed upon, if anything. */
  @Nullable Outcome first() {
    return first;
  }

  void propose(SimulatedNode by, Outcome wish) {
    proposals.removeIf(each -> !each.isAlive());
    if (proposals.stream().noneMatch(each -> each.by == by && each.wish == wish)) {
      Proposal proposal = new Proposal(by, wish);
      proposal.begin(++lastBallot);
      proposals.add(proposal);
    }
  }

  boolean isBusy() {
    proposals.removeIf(each -> !each.isAlive());
    return !proposals.isEmpty();
  }

  /** One replica goes down or comes back; no more than one is down. */
  void disturb() {
    Replica drawn = replicas.get(random.nextInt(REPLICAS));
    boolean isWhole = replicas.stream().allMatch(each -> each.isUp);
    drawn.isUp = !drawn.isUp || !isWhole;
  }

  /** One exchange of one proposal with one replica. */
  void step() {
    if (!isBusy()) {
      return;
    }
    Proposal proposal = proposals.get(random.nextInt(proposals.size()));
    Replica replica = replicas.get(random.nextInt(REPLICAS));
    if (!replica.isUp) {
      return;
    }
    if (replica.promised > proposal.ballot) {
      proposal.begin(++lastBallot);
    } else if (proposal.promised.size() < MAJORITY) {
      promise(replica, proposal);
    } else {
      accept(replica, proposal);
    }
  }

  private static void promise(Replica replica, Proposal proposal) {
    replica.promised = proposal.ballot;
    proposal.promised.add(replica);
    if (replica.acceptedBallot > proposal.bestBallot) {
      proposal.bestBallot = replica.acceptedBallot;
      proposal.value = replica.accepted;
    }
  }

  private void accept(Replica replica, Proposal proposal) {
    Outcome value = proposal.value == null ? proposal.wish : proposal.value;
    proposal.value = value;
    replica.promised = proposal.ballot;
    replica.acceptedBallot = proposal.ballot;
    replica.accepted = value;
    proposal.accepted.add(replica);
    if (proposal.accepted.size() >= MAJORITY) {
      first = first == null ? value : first;
      assertEquals(first, value, "the log has changed its mind");
      proposals.remove(proposal);
      proposal.by.agreed(value);
    }
  }
}
