package org.quicksilver.node;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.node.Counters.Count;

/**
 * Births and deaths: enters the JVMs that are found, and settles what the dead leave behind. Node
 * thread only.
 */
final class Population {

  /** What of the dead anybody asks for; of all else they may have had a million. */
  private static final Set<HandleKind> OUTLIVING =
      Set.of(HandleKind.SOCKET, HandleKind.TEMP_FILE, HandleKind.PROCESS);

  private final JvmTable jvms;
  private final Census census;
  private final DeathWatch watch;
  private final LinkFinder finder;
  private final RecentDead recentDead;
  private final TransactionShell shell;
  private final Closings closings;
  private final PostMortem postMortem;
  private final NodeLog log;
  private final Counters counters;
  private final Clock clock;
  private IntConsumer onGone = incarnation -> {};

  Population(
      JvmTable jvms,
      Census census,
      NodeThread thread,
      LinkFinder finder,
      RecentDead recentDead,
      TransactionShell shell,
      Closings closings,
      PostMortem postMortem,
      NodeLog log,
      Counters counters,
      Clock clock) {
    this.jvms = jvms;
    this.census = census;
    this.watch = new DeathWatch(jvms, thread, this::onDeath);
    this.finder = finder;
    this.recentDead = recentDead;
    this.shell = shell;
    this.closings = closings;
    this.postMortem = postMortem;
    this.log = log;
    this.counters = counters;
    this.clock = clock;
    finder.beforeAnyOther(this::enterAll);
  }

  /** Who is told of every death, when everything else has been done about it. */
  void tell(IntConsumer told) {
    onGone = told;
  }

  /**
   * The JVM of that incarnation, entered if it was not known; null if it has no file that can be
   * trusted.
   */
  @Nullable Jvm admit(int incarnation) {
    Jvm known = jvms.find(incarnation);
    if (known != null) {
      return known;
    }
    Jvm jvm = census.open(incarnation).orElse(null);
    if (jvm != null) {
      jvms.add(jvm);
      shell.begin(jvm.processTransaction(), incarnation);
    }
    return jvm;
  }

  void onDisconnected(Jvm jvm) {
    jvm.peer(null);
    watch.onDisconnected(jvm);
  }

  /** It said that it was going; its process may live on, and have nothing to do with us. */
  void onLeft(Jvm jvm) {
    onDeath(jvm);
  }

  /** Finds those that never said a word, and the dead whose death nobody told. */
  void sweep() {
    enterAll();
    watch.sweep();
    jvms.refresh();
    jvms.lost().forEach(this::onLost);
  }

  private void enterAll() {
    for (int incarnation : census.incarnations()) {
      if (!postMortem.isUnderWay(incarnation)) {
        admit(incarnation);
      }
    }
  }

  /** Its file is gone, so nothing tells what it held. */
  private void onLost(JvmRecord record) {
    Optional<Long> mark = ProcessTable.startMark(record.pid());
    if (mark.isEmpty() || mark.get() != record.startMark()) {
      log.warn("process " + record.pid() + " is dead and its breadcrumbs are gone");
      jvms.remember(
          new JvmRecord(
              record.incarnation(),
              record.pid(),
              record.startMark(),
              record.startedAtMillis(),
              record.command(),
              record.leaving(),
              clock.millis()));
      closings.onDeath(record.incarnation(), record.leaving());
      onGone.accept(record.incarnation());
    }
  }

  private void onDeath(Jvm jvm) {
    JvmRecord record = JvmRecord.dead(jvm, clock.millis());
    log.info(jvm + " is dead, " + (record.leaving() ? "left in order" : "killed"));
    counters.add(Count.DEATHS);
    jvms.bury(jvm, record);
    finder.onAcceptorDied(jvm.incarnation());
    closings.onDeath(jvm.incarnation(), record.leaving());
    // Only now: the others are waiting to be told.
    List<HandleRecord> handles = outliving(jvm);
    recentDead.add(jvm.incarnation(), handles, pids());
    postMortem.begin(new DeadJvm(record, jvm.file(), handles, jvm.policies()));
    jvm.release();
    onGone.accept(jvm.incarnation());
  }

  private List<Long> pids() {
    return jvms.living().stream().map(Jvm::pid).toList();
  }

  private List<HandleRecord> outliving(Jvm jvm) {
    List<HandleRecord> handles = new ArrayList<>();
    try {
      jvm.crumbs().forEach(OUTLIVING, handles::add);
    } catch (IOException e) {
      log.warn("cannot read what " + jvm + " left: " + e);
    }
    return handles;
  }
}
