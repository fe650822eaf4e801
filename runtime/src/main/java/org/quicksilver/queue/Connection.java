package org.quicksilver.queue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.quicksilver.queue.protocol.BadFrameException;
import org.quicksilver.queue.protocol.Frame;

/**
 * The channels to one life of a server, one after another. One thread connects, reads what comes,
 * and connects again while nobody has said that the server is dead: a broken channel is no death.
 * Thread-safe.
 */
final class Connection {

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Who uses it; called by its thread. */
  interface User {

    /**
     * There is a channel.
     *
     * @return what may have been lost with the one before, and is to be sent first
     */
    List<Frame> onConnected(FrameChannel channel);

    /** A frame came, in the order in which it was sent. */
    void onFrame(FrameChannel from, Frame frame) throws BadFrameException;

    /** The channel is broken. */
    void onBroken();

    /** What came was no frame. */
    void onRefused(BadFrameException why);

    /** There will be no channel any more, and all that came has been read. */
    void onEnded();
  }

  private final Path socket;
  private final Frame.Greeting greeting;
  private final Traffic traffic;
  private final User user;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean started;
  private boolean over;

  /** Connects to nothing yet. */
  Connection(Path socket, Frame.Greeting greeting, Traffic traffic, User user) {
    this.socket = socket;
    this.greeting = greeting;
    this.traffic = traffic;
    this.user = user;
  }

  /** A server that nobody asks costs no thread. */
  void start() {
    lock.lock();
    try {
      if (!started) {
        started = true;
        Thread reader = new Thread(this::live, "quicksilver-queue-client");
        reader.setDaemon(true);
        reader.start();
      }
    } finally {
      lock.unlock();
    }
  }

  private void live() {
    long pause = FIRST_PAUSE_NANOS;
    while (!isOver()) {
      try (FrameChannel now = connect()) {
        pause = FIRST_PAUSE_NANOS;
        read(now);
      } catch (BadFrameException e) {
        user.onRefused(e);
        pause(LONGEST_PAUSE_NANOS);
      } catch (IOException e) {
        pause(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
      }
    }
    user.onEnded();
  }

  private boolean isOver() {
    lock.lock();
    try {
      return over;
    } finally {
      lock.unlock();
    }
  }

  private FrameChannel connect() throws IOException {
    SocketChannel socketChannel = SocketChannel.open(StandardProtocolFamily.UNIX);
    FrameChannel now = new FrameChannel(socketChannel, traffic);
    try {
      socketChannel.connect(UnixDomainSocketAddress.of(socket));
      now.outbox().send(greeting);
      takeUp(now);
      return now;
    } catch (IOException | RuntimeException e) {
      now.close();
      throw e;
    }
  }

  private void takeUp(FrameChannel now) throws IOException {
    now.outbox().cork();
    for (Frame frame : user.onConnected(now)) {
      now.outbox().send(frame);
    }
    now.outbox().uncork();
  }

  private void read(FrameChannel from) throws IOException, BadFrameException {
    try {
      while (true) {
        user.onFrame(from, from.next());
      }
    } finally {
      user.onBroken();
    }
  }

  private void pause(long nanos) {
    lock.lock();
    try {
      if (!over) {
        changed.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      over = true;
    } finally {
      lock.unlock();
    }
  }

  /** There shall be no other channel; this one is read to its end. */
  void finish() {
    lock.lock();
    try {
      over = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
