package org.quicksilver.agent.link;

import java.io.File;
import java.util.function.Consumer;
import org.quicksilver.agent.track.Branches;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.comm.TurnMessage;
import org.quicksilver.config.Settings;
import org.quicksilver.handle.Policies;

/**
 * Who speaks with the node, once there is something to say: takes what it says to whom it concerns.
 * Worker thread only, but for {@link #run}, which is for the thread that reads, and for what says
 * otherwise.
 */
final class Correspondent implements ControlLink.Peer, Runnable {

  private final AgentLink.Identity identity;
  private final Policies policies;
  private final AgentLog log;
  private final Handles handles;
  private final Branches branches;
  private final ControlLink link;
  private final Reports reports;
  private final ProgramPort programs;
  private final Endings endings;
  private final Announcements announcements;

  Correspondent(
      AgentLink.Identity identity,
      Settings settings,
      Policies policies,
      File jar,
      AgentLog log,
      Handles handles,
      Branches branches,
      Worker worker,
      Worker closer) {
    this.identity = identity;
    this.policies = policies;
    this.log = log;
    this.handles = handles;
    this.branches = branches;
    this.link = new ControlLink(settings, new NodeStarter(settings, jar, log), log, worker);
    this.reports = new Reports(link, log);
    this.programs = new ProgramPort(link, log);
    this.endings = new Endings(handles, branches, reports, worker, closer, log, policies);
    this.announcements = new Announcements(link, handles, branches);
  }

  Announcements announcements() {
    return announcements;
  }

  Endings endings() {
    return endings;
  }

  @Override
  public void run() {
    link.run(this);
  }

  /** Lets the thread of {@link #run} end, once it has been interrupted. */
  void stop() {
    link.stop();
  }

  /** Called on the thread that reads. */
  @Override
  public Message hello(byte[] nonce) {
    return new Message.Hello(
        Message.VERSION,
        identity.incarnation(),
        identity.pid(),
        policies.toString(),
        ControlLink.proof(identity.secret(), nonce));
  }

  @Override
  public void received(Message message) {
    if (message instanceof Message.Welcome welcome) {
      endings.policiesOfNode(welcome.policies());
      announcements.all();
      reports.resend();
      programs.connected();
    } else if (message instanceof Message.Joined joined) {
      handles.retag(branches.join(joined.provisional(), joined.transaction()));
    } else if (message instanceof Message.Watch watch) {
      announcements.watch(watch);
    } else if (message instanceof Message.End end) {
      endings.end(end.transaction(), end.aborted());
      link.send(new Message.EndAck(end.transaction()));
      programs.tell(new ProgramMessage.Ended(end.transaction()));
    } else if (message instanceof Message.ReportAck ack) {
      reports.acknowledged(ack.number());
    } else if (message instanceof Message.PolicyChange change) {
      endings.policiesOfNode(change.policies());
    } else if (message instanceof TurnMessage turn) {
      announcements.received(turn);
    } else if (message instanceof Message.Sought sought) {
      announcements.recall(sought);
    } else if (message instanceof ProgramMessage.ToProgram told) {
      programs.tell(told);
    } else if (message instanceof Message.Refused refused) {
      log.say("the node ends the connection: " + refused.reason());
    }
  }

  void programSays(byte[] frame) {
    programs.say(frame);
  }

  void programListens(Consumer<byte[]> received, Runnable connected) {
    programs.listen(received, connected);
  }

  /**
   * Whether the node has still to acknowledge what was given back or reported, and can. Called on
   * any thread.
   */
  boolean awaitsAcknowledgement() {
    return (endings.isReclaiming() || reports.areWaiting()) && link.isConnected();
  }
}
