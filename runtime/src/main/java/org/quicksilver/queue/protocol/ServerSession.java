package org.quicksilver.queue.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.quicksilver.queue.protocol.Frame.Completion;
import org.quicksilver.queue.protocol.Frame.Request;

/**
 * One client's requests at this server: the table of duplicates. A request is served the first time
 * it comes; one that comes again while it is served waits; one that comes again later gets the
 * completion that is kept until the client has acknowledged it, or raised its mark above it.
 *
 * <p>Not thread-safe: the channel's lock guards it. It lasts as long as both processes do, however
 * many channels they use one after another.
 */
public final class ServerSession {

  private static final Completion RUNNING =
      new Completion(1, Status.FAILED, 0, new int[0], false, new byte[0]);

  /** By number: {@link #RUNNING}, or the completion. */
  private final Map<Long, Completion> known = new HashMap<>();

  /** The same numbers, for the mark: a hash has no order. */
  private final TreeSet<Long> numbers = new TreeSet<>();

  private final NumberRanges over = new NumberRanges();
  private long mark = 1;

  /** What is to be done with a request that came. */
  public sealed interface Verdict {

    /** It is new: serve it. */
    record Serve() implements Verdict {}

    /** It is being served, or the client has its completion: nothing. */
    record Ignore() implements Verdict {}

    /** It has been served: say this again. */
    record Repeat(Completion completion) implements Verdict {}
  }

  private static final Verdict SERVE = new Verdict.Serve();
  private static final Verdict IGNORE = new Verdict.Ignore();

  /** A request came, for the first time or again. */
  public Verdict onRequest(Request request) {
    onAcknowledged(request.mark(), request.acknowledged());
    long number = request.number();
    if (isOver(number)) {
      return IGNORE;
    }
    Completion found = known.get(number);
    if (found == null) {
      put(number, RUNNING);
      return SERVE;
    }
    return found == RUNNING ? IGNORE : new Verdict.Repeat(found);
  }

  private boolean isOver(long number) {
    return number < mark || over.contains(number);
  }

  private void put(long number, Completion completion) {
    known.put(number, completion);
    numbers.add(number);
  }

  /**
   * It is served.
   *
   * @return whether the completion is to be sent; not if it was answered already, by a cancellation
   */
  public boolean onServed(Completion completion) {
    return known.replace(completion.number(), RUNNING, completion);
  }

  /** What is to be done about a cancellation. */
  public enum Cancelling {
    /** It is being served: stop that, the completion will be whatever comes of it. */
    STOP,
    /** It came before the request, which is not going to be served: say that it is cancelled. */
    ANSWER,
    /** Its completion is under way. */
    NOTHING
  }

  /** The client needs it no more. */
  public Cancelling onCancel(long number, long newMark) {
    onAcknowledged(newMark, NumberRanges.NONE);
    if (isOver(number)) {
      return Cancelling.NOTHING;
    }
    Completion found = known.get(number);
    if (found == null) {
      put(number, RUNNING);
      return Cancelling.ANSWER;
    }
    return found == RUNNING ? Cancelling.STOP : Cancelling.NOTHING;
  }

  /** The client has received these, and everything below the mark. */
  public void onAcknowledged(long newMark, long[] acknowledged) {
    for (long number : acknowledged) {
      Completion found = known.get(number);
      if (found != null && found != RUNNING) {
        known.remove(number);
        numbers.remove(number);
        over.add(number);
      }
    }
    if (newMark > mark) {
      mark = newMark;
      over.removeBelow(mark);
      while (!numbers.isEmpty() && numbers.first() < mark) {
        known.remove(numbers.pollFirst());
      }
    }
  }

  /** The completion of a request if it is kept. */
  public @Nullable Completion kept(long number) {
    Completion found = known.get(number);
    return found == RUNNING ? null : found;
  }

  /** The client is dead: these are being served for nobody. */
  public List<Long> onClientDied() {
    List<Long> running = new ArrayList<>();
    known.forEach(
        (number, completion) -> {
          if (completion == RUNNING) {
            running.add(number);
          }
        });
    known.clear();
    numbers.clear();
    mark = Long.MAX_VALUE;
    return running;
  }

  /** How much it remembers: requests, and ranges of those that are over. */
  public int size() {
    return known.size() + over.size();
  }
}
