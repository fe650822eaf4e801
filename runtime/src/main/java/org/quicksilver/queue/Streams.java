package org.quicksilver.queue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.quicksilver.queue.protocol.BadFrameException;
import org.quicksilver.queue.protocol.Frame;

/**
 * The streamed bodies on the way between this process and one other, by the numbers of their
 * requests. What is under way when a channel breaks is lost: its reader gets an {@link
 * IOException}. Thread-safe.
 */
final class Streams {

  /** The link whose bodies these are. */
  interface Link {
    /** Fails if there is no channel. */
    void write(Frame frame) throws IOException;

    /** What is received is not read to its end. */
    void unwanted(long number);

    /** What is sent cannot be read: the other side must not take it for whole. */
    void unreadable(long number, IOException why);
  }

  private final Link link;
  private final Executor executor;
  private final Map<Long, ChunkSender> senders = new ConcurrentHashMap<>();
  private final Map<Long, ChunkStream> receivers = new ConcurrentHashMap<>();

  /**
   * None yet.
   *
   * @param executor runs those that send, which block
   */
  Streams(Link link, Executor executor) {
    this.link = link;
    this.executor = executor;
  }

  /** Is sent as soon as the other side makes room for it. */
  void send(long number, InputStream body) {
    senders.put(number, new ChunkSender(number, body, this));
  }

  /** Begins to receive one: makes room for it. */
  ChunkStream receive(long number) {
    ChunkStream stream = new ChunkStream(number, this);
    receivers.put(number, stream);
    try {
      write(new Frame.Credit(number, ChunkStream.WINDOW));
    } catch (IOException e) {
      stream.fail("the channel broke");
    }
    return stream;
  }

  void onCredit(Frame.Credit m) {
    ChunkSender sender = senders.get(m.number());
    if (sender != null && sender.credit(m.bytes())) {
      executor.execute(sender::run);
    }
  }

  void onChunk(Frame.Chunk m) throws BadFrameException {
    ChunkStream stream = receivers.get(m.number());
    if (stream != null) {
      if (m.last()) {
        receivers.remove(m.number());
      }
      if (!stream.add(m)) {
        throw new BadFrameException("more of a body than there is room for");
      }
    }
  }

  /** The other side does not read that one any more. */
  void stopSending(long number) {
    ChunkSender sender = senders.remove(number);
    if (sender != null) {
      sender.stop();
    }
  }

  /** This side does not. */
  void stopReceiving(long number) {
    ChunkStream stream = receivers.remove(number);
    if (stream != null) {
      stream.fail("its request has ended");
    }
  }

  /** The other side is dead. */
  void close() {
    onBroken();
    senders.keySet().forEach(this::stopSending);
  }

  /** A channel broke; what has not begun may still do so over the next. */
  void onBroken() {
    receivers.values().forEach(each -> each.fail("the channel broke"));
    receivers.clear();
    senders.forEach(
        (number, sender) -> {
          if (sender.isStarted()) {
            stopSending(number);
          }
        });
  }

  void write(Frame frame) throws IOException {
    link.write(frame);
  }

  void sent(long number) {
    senders.remove(number);
  }

  void closed(long number, boolean isEarly) {
    receivers.remove(number);
    if (isEarly) {
      link.unwanted(number);
    }
  }

  void unreadable(long number, IOException why) {
    link.unreadable(number, why);
  }
}
