package org.quicksilver.node;

import org.quicksilver.comm.Message;
import org.quicksilver.comm.Peer;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.comm.TurnMessage;
import org.quicksilver.transaction.ProcessParticipant;
import org.quicksilver.transaction.TransactionId;

/** What the agents of the JVMs say, and the registration of their JVMs. Node thread only. */
final class Agents {

  private final Message.Welcome identity;
  private final JvmTable jvms;
  private final Population population;
  private final Conversations conversations;
  private final Closings closings;
  private final LinkFinder finder;
  private final Links links;
  private final TransactionShell shell;
  private final AuditTrail audit;
  private final NodePolicies policies;
  private final Programs programs;
  private final Turns turns;
  private final NodeLog log;

  /**
   * Wires it.
   *
   * @param identity node and incarnation to be named in every welcome; its policies do not count
   */
  Agents(
      Message.Welcome identity,
      JvmTable jvms,
      Population population,
      Conversations conversations,
      Closings closings,
      LinkFinder finder,
      Links links,
      TransactionShell shell,
      AuditTrail audit,
      NodePolicies policies,
      Programs programs,
      Turns turns,
      NodeLog log) {
    this.identity = identity;
    this.jvms = jvms;
    this.population = population;
    this.conversations = conversations;
    this.closings = closings;
    this.finder = finder;
    this.links = links;
    this.shell = shell;
    this.audit = audit;
    this.policies = policies;
    this.programs = programs;
    this.turns = turns;
    this.log = log;
  }

  void onHello(Peer peer, Message.Hello hello) {
    String name =
        "process " + hello.pid() + ", incarnation " + Integer.toUnsignedString(hello.incarnation());
    JvmRecord known = jvms.record(hello.incarnation());
    Jvm jvm = known != null && known.isDead() ? null : population.admit(hello.incarnation());
    if (known != null && known.isDead()) {
      refuse(peer, name + " has been found dead; start it anew");
    } else if (jvm == null || jvm.pid() != hello.pid()) {
      refuse(peer, name + " has no breadcrumb file that can be read; see the node's log");
    } else {
      register(jvm, peer);
      log.info(name + " is connected");
    }
  }

  private void refuse(Peer peer, String reason) {
    log.warn("refused: " + reason);
    peer.refuse(reason);
  }

  private void register(Jvm jvm, Peer peer) {
    Peer before = jvm.peer();
    jvm.peer(peer);
    if (before != null) {
      before.close();
    }
    peer.register(
        new Message.Welcome(identity.node(), identity.incarnation(), policies.rules().toString()));
    conversations.onReconnected(jvm.incarnation());
  }

  /** The control channel is closed: perhaps the JVM is dead. */
  void onClosed(Peer peer) {
    jvms.of(peer).ifPresent(population::onDisconnected);
  }

  void onMessage(Peer peer, Message message) {
    Jvm jvm = jvms.of(peer).orElse(null);
    if (jvm != null) {
      onMessage(jvm, peer, message);
    }
  }

  private void onMessage(Jvm jvm, Peer peer, Message message) {
    int incarnation = jvm.incarnation();
    if (message instanceof Message.Accepted m) {
      onAccepted(incarnation, m);
    } else if (message instanceof Message.Closed m) {
      if (!m.accepted() || !finder.onClosed(incarnation, m.local(), m.remote())) {
        closings.onClosed(incarnation, m.transaction(), m.local(), m.remote(), m.accepted());
      }
    } else if (message instanceof Message.Opened m) {
      finder.onOpened(incarnation, m);
    } else if (message instanceof Message.Recalled m) {
      finder.onRecalled(incarnation, m);
    } else if (message instanceof Message.EndAck m) {
      shell.acknowledged(links.resolve(m.transaction()), new ProcessParticipant(incarnation));
    } else if (message instanceof ProgramMessage.Leave) {
      population.onLeft(jvm);
    } else if (message instanceof ProgramMessage.ToNode m) {
      programs.onMessage(incarnation, m);
    } else if (message instanceof TurnMessage m) {
      turns.onMessage(incarnation, m);
    } else if (message instanceof Message.Report m) {
      TransactionId tid = links.resolve(m.handle().transaction());
      if (audit.report(JvmRecord.living(jvm), m, tid)) {
        peer.send(new Message.ReportAck(m.number()));
      }
    }
  }

  private void onAccepted(int acceptor, Message.Accepted m) {
    boolean isOfProcess = m.provisional().sequence() == 1;
    if (!isOfProcess && !conversations.isKnown(acceptor, m.provisional(), m.local(), m.remote())) {
      links.displace(acceptor, m.local(), m.remote());
      finder.look(new Arrival(acceptor, m));
    }
  }
}
