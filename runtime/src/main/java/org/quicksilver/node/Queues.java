package org.quicksilver.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import org.quicksilver.comm.LinkMessage;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.config.Home;
import org.quicksilver.node.queue.CompletionTable;
import org.quicksilver.node.queue.QueueDirectory;
import org.quicksilver.node.queue.QueueWires;
import org.quicksilver.node.queue.Routing;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;

/** Service queues on this node: what programs and other nodes say about them. Node thread only. */
final class Queues implements QueueWires, Routing.Links, Routing.Receiver {

  private final Home home;
  private final NodeId self;
  private final JvmTable jvms;
  private final Neighbours neighbours;
  private final TransactionShell shell;
  private final RollCall roll;
  private final QueueRecords records;
  private final NodeLog log;
  private final RefusedFrames refused;
  private final Routing routing;
  private final QueueDirectory directory;
  private final CompletionTable completions;

  Queues(
      Home home,
      NodeParticipant self,
      JvmTable jvms,
      Neighbours neighbours,
      TransactionShell shell,
      RollCall roll,
      QueueRecords records,
      RefusedFrames refused,
      NodeLog log) {
    this.home = home;
    this.self = self.node();
    this.jvms = jvms;
    this.neighbours = neighbours;
    this.shell = shell;
    this.roll = roll;
    this.records = records;
    this.refused = refused;
    this.log = log;
    routing = new Routing(self.node(), self.incarnation(), this, this);
    directory = new QueueDirectory(self.node(), self.incarnation(), this, this::socket);
    completions = new CompletionTable(records, this);
  }

  private String socket(int process) {
    try {
      return home.createSocketDirectory(process).toString();
    } catch (IOException e) {
      throw new UncheckedIOException("no place for the socket of process " + process, e);
    }
  }

  /** Goes on from what is recorded; the transactions are known already. */
  void load() {
    records.load(completions);
  }

  QueueDirectory directory() {
    return directory;
  }

  CompletionTable completions() {
    return completions;
  }

  void onMessage(int process, QueueMessage.ToNode message) {
    if (message instanceof QueueMessage.Enter) {
      directory.onEnter(process);
    } else if (message instanceof QueueMessage.Offered m) {
      directory.onOffered(process, m);
    } else if (message instanceof QueueMessage.Withdrawn m) {
      directory.onWithdrawn(process, m.number());
    } else if (message instanceof QueueMessage.Seek m) {
      directory.onSeek(process, m.queue());
    } else if (message instanceof QueueMessage.Unseek m) {
      directory.onUnseek(process, m.queue());
    } else if (message instanceof QueueMessage.State m) {
      directory.onState(process, m.offers());
    } else if (message instanceof QueueMessage.TookPart m) {
      register(m.transaction(), m.processes());
    } else if (message instanceof QueueMessage.Refused m) {
      refused.onRefused(process, m);
    } else if (message instanceof QueueMessage.Complete m) {
      completions.onComplete(process, m);
    } else if (message instanceof QueueMessage.Inquire m) {
      onInquire(process, m);
    } else if (message instanceof QueueMessage.Needed m) {
      completions.onNeeded(self.value(), process, m.fromSequence());
      QueueMessage.Needed needed = new QueueMessage.Needed(process, m.fromSequence());
      nodes().forEach(each -> say(each, needed));
    }
  }

  private void onInquire(int client, QueueMessage.Inquire m) {
    if (m.node() == self.value()) {
      completions.onInquire(m.request(), m.incarnation(), found -> tell(client, found));
    } else {
      say(new NodeId(m.node()), m);
    }
  }

  /** The ways to nodes that are not linked with this one. */
  Routing routing() {
    return routing;
  }

  @Override
  public void onWord(NodeId from, QueueMessage.Between message) {
    if (message instanceof QueueMessage.Ask m) {
      directory.onAsk(from, m);
    } else if (message instanceof QueueMessage.Unask m) {
      directory.onUnask(from, m.queue());
    } else if (message instanceof QueueMessage.Answer m) {
      directory.onAnswer(from, m);
    } else if (message instanceof QueueMessage.Gone m) {
      completions.onClientGone(m.node(), m.incarnation());
      directory.onGone(m);
    } else if (message instanceof QueueMessage.Inquire m) {
      completions.onInquire(m.request(), m.incarnation(), found -> say(from, found));
    } else if (message instanceof QueueMessage.Found m) {
      tell(m.request().incarnation(), m);
    } else if (message instanceof QueueMessage.Needed m) {
      completions.onNeeded(from.value(), m.client(), m.fromSequence());
    }
  }

  /**
   * Processes that worked for a transaction below its owner: the completions of their requests said
   * so. One that has died since fails it, whether that was noticed or not.
   */
  void register(TransactionId tid, List<Integer> processes) {
    for (int process : processes) {
      shell.join(tid, process, DeathEffect.FAIL);
    }
    roll.call(tid, processes);
  }

  void onDecided(TransactionId transaction, Outcome outcome) {
    completions.onDecided(transaction, outcome);
  }

  /** Channels that processes of this node have closed because of what came over them. */
  RefusedFrames refused() {
    return refused;
  }

  void onGone(int process) {
    refused.forget(process);
    try {
      Files.deleteIfExists(home.socket(process));
    } catch (IOException e) {
      log.warn("the socket of process " + Integer.toUnsignedString(process) + " stays: " + e);
    }
    completions.onClientGone(self.value(), process);
    directory.onGone(process);
  }

  @Override
  public void onLost(NodeId node) {
    directory.onLost(node);
  }

  @Override
  public void onAskedAnew(String queue) {
    directory.onAskedAnew(queue);
  }

  @Override
  public void tell(int process, QueueMessage.ToProgram message) {
    jvms.send(process, new ProgramMessage.QueueNews(message));
  }

  @Override
  public void say(NodeId node, QueueMessage.Between message) {
    routing.say(node, message);
  }

  @Override
  public Collection<NodeId> nodes() {
    return routing.known();
  }

  @Override
  public void ask(String queue) {
    routing.ask(queue);
  }

  @Override
  public void unask(String queue) {
    routing.unask(queue);
  }

  @Override
  public void send(NodeId neighbour, QueueMessage.Between message) {
    neighbours.send(neighbour, new LinkMessage.OfQueues(message));
  }

  @Override
  public Collection<NodeId> neighbours() {
    return neighbours.all().stream().map(each -> each.id().node()).toList();
  }
}
