package org.quicksilver.queue;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.quicksilver.queue.protocol.BadFrameException;
import org.quicksilver.queue.protocol.Frame;

/** The processes that ask this one: they are let in, and go when they are dead. Thread-safe. */
final class Clients {

  /** A dead process's channel ends at once, unless a child has inherited it. */
  static final long READ_TO_THE_END_MILLIS = 500;

  /** Fewer: one that was taken for dead, and returns late, may be served twice; more: wasted. */
  private static final int MOST_REMEMBERED = 10_000;

  private static final ProcessName STRANGER = new ProcessName(0, 0);

  private final ServerSide servers;
  private final ProcessName self;
  private final Traffic traffic;
  private final Refusals refusals;
  private final ScheduledExecutorService timer;
  private final Map<ProcessName, ClientLink> clients = new ConcurrentHashMap<>();

  /** The last life of each that has ended; of the newest so many. */
  private final Map<ProcessName, Integer> over =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ProcessName, Integer> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  Clients(
      ServerSide servers,
      ProcessName self,
      Traffic traffic,
      Refusals refusals,
      ScheduledExecutorService timer) {
    this.servers = servers;
    this.self = self;
    this.traffic = traffic;
    this.refusals = refusals;
    this.timer = timer;
  }

  /** Somebody has connected. */
  void visited(SocketChannel visitor) {
    servers.execute(() -> greet(new FrameChannel(visitor, traffic)));
  }

  private void greet(FrameChannel channel) {
    ProcessName name = STRANGER;
    try {
      if (!(channel.next() instanceof Frame.Greeting who)) {
        throw new BadFrameException("it does not say who it is");
      }
      name = new ProcessName(who.node(), who.incarnation());
      ClientLink client = client(name, who.life());
      if (client != null && client.attach(channel)) {
        channel.outbox().send(new Frame.Greeting(self.node(), self.incarnation(), 0));
        new Reading(channel, client, servers).run();
        return;
      }
      int over = Frame.Greeting.OVER;
      channel.outbox().send(new Frame.Greeting(self.node(), self.incarnation(), over));
    } catch (BadFrameException e) {
      refusals.add(name, e);
    } catch (IOException e) {
      // It went away.
    }
    channel.close();
  }

  /**
   * A client that had taken this process for dead begins anew: nobody waits for what it asked. One
   * that this process had taken for dead has to: what it asked was forgotten, and would be served
   * twice.
   */
  private @Nullable ClientLink client(ProcessName name, int life) {
    ClientLink former;
    ClientLink now;
    synchronized (over) {
      if (over.getOrDefault(name, 0) >= life) {
        return null;
      }
      former = clients.get(name);
      if (former == null || former.life() < life) {
        now = new ClientLink(name, life, servers);
        clients.put(name, now);
      } else {
        now = former;
      }
    }
    if (former != null && former != now) {
      former.onGone();
      former.cutOff();
    }
    return now.life() == life ? now : null;
  }

  /** The node says that processes are dead; what they said before is read first. */
  void onGone(Predicate<ProcessName> which) {
    for (ClientLink client : clients.values()) {
      if (which.test(client.client())) {
        client.onGone();
        timer.schedule(client::cutOff, READ_TO_THE_END_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  /**
   * One has been heard to the end.
   *
   * @return false if it lives, and goes on as another link
   */
  boolean remove(ClientLink client) {
    synchronized (over) {
      over.merge(client.client(), client.life(), Math::max);
      return clients.remove(client.client(), client);
    }
  }

  void close() {
    clients.values().forEach(ClientLink::cutOff);
  }
}
