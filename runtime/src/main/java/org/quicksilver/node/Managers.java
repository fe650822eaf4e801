package org.quicksilver.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.quicksilver.comm.ControlListener;
import org.quicksilver.comm.LinkListener;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.Peer;
import org.quicksilver.comm.ServerLoop;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;
import org.quicksilver.log.NodeStore;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Recovery;
import org.quicksilver.transaction.Sturdiness;
import org.quicksilver.transaction.TransactionId;

/**
 * The parts of one node, wired together. After construction everything happens on the node's
 * thread.
 */
final class Managers {

  private final Counters counters = new Counters();
  private final Message.Welcome identity;
  private final NodeThread thread;
  private final JvmTable jvms;
  private final Links links;
  private final ConversationTable conversationTable;
  private final TransactionTable transactions;
  private final TransactionShell shell;
  private final Closings closings;
  private final Conversations conversations;
  private final RecentDead recentDead;
  private final CaseWork cases;
  private final Aliases aliases;
  private final Memory memory;
  private final NodeRecords records;
  private final PostMortem postMortem;
  private final NodePolicies policies;
  private final Population population;
  private final Linger linger;
  private final Reception reception;
  private final FenceTable fences;
  private final Neighbours neighbours;
  private final NodeMessages nodeMessages;
  private final LinkReception linkReception;
  private final Queues queues;

  Managers(
      ServerLoop loop,
      Settings settings,
      NodeStore store,
      NodeLog log,
      Clock clock,
      Tripwire tripwire,
      Runnable stop)
      throws IOException {
    Home home = settings.home();
    identity = new Message.Welcome(home.nodeId(), home.nextIncarnation(), "");
    boolean embedded = settings.node().equals("embedded");
    Ledger ledger = new Ledger(store, log, counters);
    AuditTrail audit = new AuditTrail(store, log, counters);
    thread = new NodeThread(loop, log, counters);
    jvms = new JvmTable(identity.node(), ledger);
    links = new Links(ledger);
    conversationTable = new ConversationTable(ledger);
    TransactionStatistics statistics = new TransactionStatistics();
    Expectations expectations = new Expectations(thread);
    Bystanders bystanders = new Bystanders(jvms);
    Decisions decisions = new Decisions();
    memory = new Memory(ledger, identity.incarnation(), home.beginsToKeep());
    transactions =
        new TransactionTable(
            ledger,
            clock,
            new Watchers(List.of(statistics, expectations, bystanders, decisions)),
            this::settled);
    policies = new NodePolicies(ledger, settings.policy(), log);
    recentDead = new RecentDead(ledger, links, clock);
    cases = new CaseWork(policies, audit, ledger, links, thread, clock);
    postMortem = new PostMortem(transactions, links, cases, log);
    records = new NodeRecords(home.log(), thread, log, stop);
    OwnerNews owners = new OwnerNews(identity.node(), jvms);
    fences = new FenceTable(ledger);
    neighbours =
        new Neighbours(
            new NodeParticipant(new NodeId(identity.node()), identity.incarnation()),
            Sturdiness.valueOf(settings.sturdiness().toUpperCase(Locale.ROOT)),
            PeerAddress.parse(settings.peers()),
            settings.linkDeath(),
            thread,
            fences,
            log);
    Orders orders = new Orders(jvms, neighbours, thread, records, owners, tripwire, log);
    shell =
        new TransactionShell(
            transactions, orders, owners, log, counters, s -> postMortem.onDecided(s.tid()));
    closings = new Closings(jvms, links, conversationTable, transactions, shell);
    conversations =
        new Conversations(jvms, links, conversationTable, transactions, shell, closings, counters);
    LinkFinder finder = new LinkFinder(jvms, recentDead, thread, log, conversations);
    Census census = new Census(home, identity.node(), embedded, log, counters);
    population =
        new Population(
            jvms,
            census,
            thread,
            finder,
            recentDead,
            shell,
            closings,
            postMortem,
            log,
            counters,
            clock);
    linger = new Linger(settings.linger(), this::isNeeded, clock, log, stop);
    aliases = new Aliases(ledger);
    Beginnings beginnings = new Beginnings(neighbours.self().node(), transactions, jvms, thread);
    TransactionRequests views =
        new TransactionRequests(
            new NodeId(identity.node()), transactions, conversationTable, links, jvms);
    TransactionTrees transactionTrees =
        new TransactionTrees(views, transactions, neighbours, thread, log);
    linkReception = new LinkReception(neighbours, thread);
    OwnerWishes wishes =
        new OwnerWishes(identity.node(), transactions, shell, owners, neighbours, jvms);
    QueueRecords queueRecords =
        new QueueRecords(ledger, records, transactions, wishes, jvms, thread, log);
    RollCall roll = new RollCall(jvms, shell);
    queues =
        new Queues(
            home,
            neighbours.self(),
            jvms,
            neighbours,
            shell,
            roll,
            queueRecords,
            new RefusedFrames(jvms, counters, log),
            log);
    decisions.tell(queues::onDecided);
    TakingPart takingPart =
        new TakingPart(neighbours, transactions, beginnings, queues.routing()::next);
    nodeMessages =
        new NodeMessages(
            neighbours, transactions, shell, takingPart, transactionTrees, queues, roll);
    neighbours.tell(nodeMessages);
    Programs programs =
        new Programs(
            identity.node(),
            transactions,
            shell,
            takingPart,
            wishes,
            aliases,
            memory,
            bystanders,
            jvms,
            queues);
    population.tell(queues::onGone);
    Agents agents =
        new Agents(
            identity,
            jvms,
            population,
            conversations,
            closings,
            finder,
            links,
            shell,
            audit,
            policies,
            programs,
            new Turns(jvms, links, finder, conversations, thread),
            log);
    Handles handles = new Handles(jvms, links, clock, log);
    StatisticsRequests figures =
        new StatisticsRequests(transactions, statistics, records, neighbours, clock);
    AdminRequests requests =
        new AdminRequests(
            new StatusRequests(
                identity, home, jvms, transactions, handles, figures, queues, counters, clock),
            new AuditRequests(
                audit, new Acquaintances(jvms, transactions, handles, audit), jvms, links, clock),
            new TreeRequests(transactions, links, jvms, handles),
            views,
            new ExplainRequests(home, jvms, links, handles, conversationTable, policies),
            transactionTrees,
            new OwnerRequests(jvms, policies, () -> thread.run("stop", stop)),
            new OperatorRequests(transactions, conversationTable, links, shell, expectations, log),
            new LogRequests(records),
            figures,
            new QueueRequests(queues, jvms),
            log);
    reception = new Reception(agents, requests, thread, log, counters);
  }

  ControlListener reception() {
    return reception;
  }

  LinkListener linkReception() {
    return linkReception;
  }

  NodeThread thread() {
    return thread;
  }

  /** Node and incarnation, for people. */
  String name() {
    return new NodeId(identity.node()) + ":" + Integer.toUnsignedString(identity.incarnation());
  }

  /** Goes on from the store: finds who died meanwhile, and orders again what was ordered. */
  void recover() {
    jvms.load();
    memory.load();
    transactions.load();
    recoverFromLog();
    queues.load();
    links.load();
    conversationTable.load();
    recentDead.load();
    policies.load();
    cases.load();
    aliases.load();
    fences.load();
    shell.restarted();
    nodeMessages.restarted();
    population.sweep();
    closings.endThoseOfTheDead();
  }

  /** The store is newer than the log, unless the power failed or the store was lost. */
  private void recoverFromLog() {
    try {
      records
          .recover()
          .forEach((tid, log) -> Recovery.replay(log).ifPresent(transactions::putUnlessAsFar));
      if (!memory.isWhole()) {
        // An owner may not have heard of it yet.
        records.committed().stream()
            .filter(tid -> transactions.find(tid) == null)
            .forEach(tid -> transactions.putUnlessAsFar(Recovery.committed(tid)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the log cannot be read: " + e.getMessage(), e);
    }
  }

  /** Starts what has to be done again and again, and dials other nodes. */
  void start(Duration pause, Function<SocketAddress, Peer> dial) {
    thread.run("links", () -> neighbours.start(dial));
    thread.every(pause, "sweep", population::sweep);
    thread.every(pause, "forgetting", this::forget);
    thread.every(pause, "lingering", linger::look);
  }

  private void forget() {
    recentDead.forgetOld();
    transactions.forgetOld(
        tid -> {
          conversations.forget(tid);
          aliases.forget(tid);
        });
  }

  private void settled(TransactionId tid) {
    links.unstore(tid);
    conversationTable.unstore(tid);
  }

  private boolean isNeeded() {
    return !jvms.living().isEmpty()
        || !postMortem.isIdle()
        || !transactions.active().isEmpty()
        || queues.routing().isOnTheWay();
  }

  void stop() {
    try {
      thread.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    neighbours.close();
    records.close();
    jvms.living().forEach(Jvm::release);
  }
}
