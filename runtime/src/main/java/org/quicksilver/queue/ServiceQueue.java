package org.quicksilver.queue;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.QueueMessage.Place;
import org.quicksilver.queue.protocol.Frame;

/**
 * A queue as its clients see it: a name. Where it is served, and by how many, they do not know.
 * Thread-safe.
 *
 * <p>A request is served at most once. The calling thread's transaction goes with it: what is done
 * for it is part of that transaction. A request that nobody serves waits until somebody does, or
 * its deadline is over.
 *
 * <p>Source: QuickSilver, "IPC fundamental to system services".
 */
public final class ServiceQueue {

  /** Bytes of the longest request, and of the longest completion. */
  public static final int LONGEST_BODY = Frame.LONGEST_BODY;

  private final String name;
  private final ClientSide clients;
  private final Deque<Call> unplaced = new ArrayDeque<>();
  private volatile Places places = Places.NONE;

  ServiceQueue(String name, ClientSide clients) {
    this.name = name;
    this.clients = clients;
  }

  /** Its name, the same everywhere. */
  public String name() {
    return name;
  }

  /**
   * Calls, and waits for the completion. If the calling thread is interrupted the request is
   * cancelled.
   *
   * @param body is not copied: it must not be changed until the completion is there
   */
  public byte[] call(byte[] body) throws CallException, InterruptedException {
    return await(callAsync(body));
  }

  /**
   * The same with a deadline.
   *
   * @param deadline zero or more; too small, and requests are cancelled that are being served
   * @throws DeadlineExpiredException if there is no completion by then
   */
  public byte[] call(byte[] body, Duration deadline) throws CallException, InterruptedException {
    return await(callAsync(body, deadline));
  }

  private static byte[] await(Call call) throws CallException, InterruptedException {
    try {
      return call.await();
    } catch (InterruptedException e) {
      call.cancel();
      throw e;
    }
  }

  /** Calls without waiting; the completion is kept until it is fetched. */
  public Call callAsync(byte[] body) {
    return begin(body, null, null);
  }

  /** The same with a deadline: then it is cancelled. */
  public Call callAsync(byte[] body, Duration deadline) {
    return begin(body, null, deadline);
  }

  /**
   * Calls with a body of any length: its beginning, and a stream of the rest, which is read by
   * another thread, as fast as the server reads it, and closed. Such a request is served at most
   * once on a recoverable queue, too.
   */
  public Call callAsync(byte[] head, InputStream rest) {
    return begin(head, rest, null);
  }

  private Call begin(byte[] body, @Nullable InputStream rest, @Nullable Duration deadline) {
    if (body.length > LONGEST_BODY) {
      throw new IllegalArgumentException(
          "a request of " + body.length + " bytes; the longest has " + LONGEST_BODY);
    }
    Call call = clients.newCall(this, body, rest);
    if (deadline == null) {
      call.onDone(clients::answered);
    } else {
      ScheduledFuture<?> alarm = clients.expireAfter(call, deadline);
      call.onDone(
          done -> {
            alarm.cancel(false);
            clients.answered(done);
          });
    }
    place(call);
    return call;
  }

  /** Sends it to the least busy server; if there is none it waits here. */
  void place(Call call) {
    if (!sent(call)) {
      synchronized (unplaced) {
        unplaced.add(call);
      }
      placeWaiting();
    }
  }

  private boolean sent(Call call) {
    Places now = places;
    for (int tries = now.all().size(); tries > 0; tries--) {
      int index = now.choose();
      Place place = now.place(index);
      call.recoverable(place.recoverable());
      if (clients.send(call, now.link(index), place.number())) {
        return true;
      }
    }
    return false;
  }

  /** Somebody may serve now what waits. */
  private void placeWaiting() {
    if (places.isEmpty()) {
      return;
    }
    List<Call> those;
    synchronized (unplaced) {
      those = new ArrayList<>(unplaced);
      unplaced.clear();
    }
    for (Call call : those) {
      if (!call.isDone() && !sent(call)) {
        synchronized (unplaced) {
          unplaced.add(call);
        }
      }
    }
  }

  /** The node says where it is served. */
  void served(Places now) {
    places = now;
    placeWaiting();
  }

  /** Its server did not serve it, or is dead and has not: it goes elsewhere. */
  void again(Call call) {
    if (!call.isDone()) {
      place(call);
    }
  }

  /** Nobody wants that one any more. */
  void withdraw(Call call) {
    synchronized (unplaced) {
      unplaced.remove(call);
    }
    clients.withdraw(call);
  }

  /** How many requests wait for somebody to serve them. */
  public int waiting() {
    synchronized (unplaced) {
      return unplaced.size();
    }
  }

  /** How many offers of it are known; none yet right after it was first sought. */
  public int offers() {
    return places.all().size();
  }

  boolean isRecoverable() {
    return places.all().stream().anyMatch(Place::recoverable);
  }

  Executor executor() {
    return clients.executor();
  }

  /** Whether requests go over that link, as far as the node has said. */
  boolean isServedBy(ServerLink link) {
    return places.contains(link);
  }

  /** Nobody waits for anything any more. */
  void close(CallException reason) {
    List<Call> those;
    synchronized (unplaced) {
      those = new ArrayList<>(unplaced);
      unplaced.clear();
    }
    those.forEach(call -> call.fail(reason));
  }

  @Override
  public String toString() {
    return "queue " + name;
  }
}
