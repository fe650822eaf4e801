package org.quicksilver.queue.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.quicksilver.queue.protocol.Frame.Acknowledge;
import org.quicksilver.queue.protocol.Frame.Cancel;
import org.quicksilver.queue.protocol.Frame.Completion;
import org.quicksilver.queue.protocol.Frame.Request;

/**
 * A client's requests at one life of one server. Numbers them, says again what may have been lost,
 * takes each completion once. Over a channel that loses nothing it keeps its order; over one that
 * loses, repeats and reorders, each request is still served once at the most.
 *
 * <p>Not thread-safe: the channel's lock guards it. Lost with the process, which is what it may be:
 * the transaction of a dead client is aborted.
 */
public final class ClientSession {

  /**
   * With so many completions not acknowledged an acknowledgement is due though nothing is asked.
   */
  private static final int MANY = 64;

  /** Open requests by number; a cancelled one is open until its completion comes. */
  private final TreeMap<Long, Open> open = new TreeMap<>();

  private long last;
  private long[] toAcknowledge = new long[MANY * 2];
  private int acknowledgeable;

  private static final class Open {
    private final Request request;
    private boolean cancelled;

    private Open(Request request) {
      this.request = request;
    }
  }

  /** A new request: this is to be sent. */
  public Request ask(int offer, long sequence, @Nullable Tag tag, boolean streamed, byte[] body) {
    long number = ++last;
    long mark = open.isEmpty() ? number : open.firstKey();
    Request request =
        new Request(number, mark, takeAcknowledged(mark), offer, sequence, tag, streamed, body);
    open.put(number, new Open(request));
    return request;
  }

  /**
   * The server needs nothing below this number any more, save what is named as acknowledged
   * besides.
   */
  public long mark() {
    return open.isEmpty() ? last + 1 : open.firstKey();
  }

  private long[] takeAcknowledged(long mark) {
    int count = 0;
    for (int i = 0; i < acknowledgeable && count < FrameCodec.MOST_NUMBERS; i++) {
      if (toAcknowledge[i] > mark) {
        toAcknowledge[count++] = toAcknowledge[i];
      }
    }
    acknowledgeable = 0;
    return count == 0 ? NumberRanges.NONE : Arrays.copyOf(toAcknowledge, count);
  }

  /**
   * A completion came.
   *
   * @return whether it is the first for an open request: it is to be delivered
   */
  public boolean onCompletion(Completion completion) {
    if (open.remove(completion.number()) == null) {
      return false;
    }
    if (acknowledgeable < toAcknowledge.length) {
      toAcknowledge[acknowledgeable++] = completion.number();
    }
    return true;
  }

  /** An acknowledgement if one is due; it is to be sent. */
  public @Nullable Acknowledge acknowledgeIfDue() {
    return acknowledgeable < MANY ? null : acknowledge();
  }

  /** An acknowledgement of everything: nothing else is going to be asked soon. */
  public Acknowledge acknowledge() {
    long mark = mark();
    return new Acknowledge(mark, takeAcknowledged(mark));
  }

  /**
   * It is not wanted any more.
   *
   * @return what is to be sent; null if it is not open
   */
  public @Nullable Cancel cancel(long number) {
    Open request = open.get(number);
    if (request == null) {
      return null;
    }
    request.cancelled = true;
    return new Cancel(number, mark());
  }

  /** The channel is a new one: this may have been lost, and is to be sent again, in this order. */
  public List<Frame> onReconnected() {
    List<Frame> frames = new ArrayList<>();
    long mark = mark();
    frames.add(new Acknowledge(mark, takeAcknowledged(mark)));
    for (Open each : open.values()) {
      frames.add(each.request.again(mark));
      if (each.cancelled) {
        frames.add(new Cancel(each.request.number(), mark));
      }
    }
    return frames;
  }

  /**
   * That life of the server is over, and what it sent before has been received.
   *
   * @return the requests it left open, oldest first
   */
  public List<Request> onServerDied() {
    List<Request> left = open.values().stream().map(each -> each.request).toList();
    open.clear();
    return left;
  }

  /** Which request of the process has that number here; 0 if it is not open. */
  public long sequence(long number) {
    Open request = open.get(number);
    return request == null ? 0 : request.request.sequence();
  }

  /** How many requests are open. */
  public int size() {
    return open.size();
  }
}
