package org.quicksilver.queue;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.quicksilver.QueuePort;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.comm.QueueMessage.Place;
import org.quicksilver.comm.QueueMessage.RequestId;
import org.quicksilver.queue.protocol.BadFrameException;
import org.quicksilver.queue.protocol.Frame;
import org.quicksilver.queue.protocol.Tag;
import org.quicksilver.transaction.TransactionId;

/** This process as a client: its queues, its links to servers, and what becomes of its requests. */
final class ClientSide implements Fates {

  private final QueuePort port;
  private final Traffic traffic;
  private final Refusals refusals;
  private final ScheduledExecutorService timer;
  private final Consumer<Death> onDeath;
  private final AtomicInteger lives = new AtomicInteger();
  private final AtomicLong sequence = new AtomicLong();
  private final Map<String, ServiceQueue> queues = new ConcurrentHashMap<>();
  private final Map<ProcessName, ServerLink> links = new ConcurrentHashMap<>();
  private final Map<RequestId, Inquiry> inquiries = new ConcurrentHashMap<>();
  private final ConcurrentSkipListSet<Long> recoverable = new ConcurrentSkipListSet<>();
  private volatile boolean closed;
  private long toldNeeded;

  private record Inquiry(Call call, ProcessName server) {}

  ClientSide(
      QueuePort port,
      Traffic traffic,
      Refusals refusals,
      ScheduledExecutorService timer,
      Consumer<Death> onDeath) {
    this.port = port;
    this.traffic = traffic;
    this.refusals = refusals;
    this.timer = timer;
    this.onDeath = onDeath;
  }

  Executor executor() {
    return port.executor();
  }

  ServiceQueue queue(String name) {
    ServiceQueue known = queues.get(name);
    if (known == null) {
      known = queues.computeIfAbsent(name, key -> new ServiceQueue(key, this));
      port.send(new QueueMessage.Seek(name));
    }
    return known;
  }

  /** The node is there again. */
  void sayAgain() {
    seek();
    inquiries.forEach(this::inquire);
  }

  private void seek() {
    queues.keySet().forEach(name -> port.send(new QueueMessage.Seek(name)));
  }

  void onOffers(QueueMessage.Offers m) {
    ServiceQueue queue = queues.get(m.queue());
    if (queue != null && !closed) {
      ServerLink[] those = m.places().stream().map(this::link).toArray(ServerLink[]::new);
      queue.served(new Places(m.places(), those));
    }
  }

  /** One that was dead for this process, and is there again, gets a link of its own. */
  private ServerLink link(Place place) {
    ProcessName server = new ProcessName(place.node(), place.incarnation());
    return Objects.requireNonNull(
        links.compute(
            server,
            (key, known) -> known == null || known.isGone() ? newLink(server, place) : known));
  }

  private ServerLink newLink(ProcessName server, Place place) {
    Path socket = Path.of(place.socket());
    return new ServerLink(server, socket, greeting(), traffic, executor(), this);
  }

  private Frame.Greeting greeting() {
    return new Frame.Greeting(port.node(), port.incarnation(), lives.incrementAndGet());
  }

  /** The node says that processes are dead. */
  void onGone(Predicate<ProcessName> which) {
    for (ServerLink link : links.values()) {
      if (which.test(link.server())) {
        link.onGone();
        timer.schedule(link::cutOff, Clients.READ_TO_THE_END_MILLIS, TimeUnit.MILLISECONDS);
      }
    }
  }

  /** A request under the transaction that the calling thread works for. */
  Call newCall(ServiceQueue queue, byte[] body, @Nullable InputStream rest) {
    if (closed) {
      throw new IllegalStateException("the queues of this process are closed");
    }
    Optional<TransactionId> current = port.current();
    Serving serving = null;
    Tag tag = null;
    if (current.isPresent()) {
      serving = Serving.current(current.get());
      boolean carried = serving == null ? port.owns(current.get()) : serving.isCarried();
      tag = new Tag(current.get(), port.node(), carried);
    }
    Call call = new Call(queue, sequence.incrementAndGet(), body, rest, tag, serving);
    asked(call);
    return call;
  }

  private void asked(Call call) {
    Serving serving = call.serving();
    Tag tag = call.tag();
    if (serving != null) {
      serving.asked(call);
    } else if (tag != null) {
      port.asked(tag.transaction());
    }
  }

  /** A call is done: it does not keep its transaction from committing any more. */
  void answered(Call call) {
    Serving serving = call.serving();
    Tag tag = call.tag();
    if (serving != null) {
      serving.answered(call);
    } else if (tag != null) {
      port.answered(tag.transaction());
    }
    recoverable.remove(call.sequence());
  }

  ScheduledFuture<?> expireAfter(Call call, Duration deadline) {
    return timer.schedule(call::expire, deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  boolean send(Call call, ServerLink link, int offer) {
    if (call.isRecoverable()) {
      recoverable.add(call.sequence());
    }
    return link.ask(call, offer);
  }

  /** It is not wanted; its server may have begun to work for its transaction. */
  void withdraw(Call call) {
    ServerLink link = call.link();
    if (link != null) {
      link.cancel(call.number());
      tookPart(call, link.server());
    }
    inquiries.remove(id(call));
  }

  private void tookPart(Call call, ProcessName server) {
    Tag tag = call.tagFor(server.node());
    if (tag != null && tag.carried()) {
      tookPart(call, tag, server.incarnation());
    }
  }

  private void tookPart(Call call, Tag tag, int process) {
    Serving serving = call.serving();
    if (serving == null) {
      port.tookPart(tag.transaction(), process);
    } else {
      serving.tookPart(process);
    }
  }

  @Override
  public void completed(Call call, Frame.Completion completion) {
    Tag tag = call.tag();
    if (tag != null) {
      for (int part : completion.parts()) {
        tookPart(call, tag, part);
      }
    }
    call.completed(completion.status(), completion.body());
  }

  @Override
  public void ended(ServerLink link, List<Call> left) {
    links.remove(link.server(), link);
    for (Call call : left) {
      if (closed) {
        call.fail(new RequestCancelledException(call + ": the queues of this process are closed"));
      } else if (!call.isGivenUp()) {
        leftOpen(call, link.server());
      }
    }
    if (!closed) {
      onDeath.accept(link.server().death());
      // It may be alive, and have taken this process for dead.
      queues.forEach((name, queue) -> seekIfServedBy(link, name, queue));
    }
  }

  @Override
  public void refused(ServerLink link, BadFrameException why) {
    refusals.add(link.server(), why);
  }

  private void seekIfServedBy(ServerLink link, String name, ServiceQueue queue) {
    if (queue.isServedBy(link)) {
      port.send(new QueueMessage.Seek(name));
    }
  }

  private void leftOpen(Call call, ProcessName server) {
    if (call.isRecoverable()) {
      Inquiry inquiry = new Inquiry(call, server);
      inquiries.put(id(call), inquiry);
      inquire(id(call), inquiry);
    } else {
      tookPart(call, server);
      call.fail(new ServerDiedException(server + " died with " + call));
    }
  }

  private RequestId id(Call call) {
    return new RequestId(port.node(), port.incarnation(), call.queue().name(), call.sequence());
  }

  private void inquire(RequestId id, Inquiry inquiry) {
    ProcessName server = inquiry.server();
    port.send(new QueueMessage.Inquire(id, server.node(), server.incarnation()));
  }

  /** The node says what became of the request of a dead server. */
  void onFound(QueueMessage.Found m) {
    @Nullable Inquiry inquiry = inquiries.remove(m.request());
    if (inquiry == null) {
      return;
    }
    if (m.recorded()) {
      inquiry.call().completed(org.quicksilver.queue.protocol.Status.DONE, m.completion());
    } else {
      inquiry.call().queue().again(inquiry.call());
    }
  }

  /** Says what may be forgotten; called again and again, by one thread. */
  void tick() {
    long needed = sequence.get() + 1;
    Long oldest = recoverable.isEmpty() ? null : recoverable.first();
    needed = oldest == null ? needed : Math.min(needed, oldest);
    if (needed > toldNeeded && hasRecoverable()) {
      toldNeeded = needed;
      port.send(new QueueMessage.Needed(port.incarnation(), needed));
    }
    inquiries.forEach(this::inquire);
  }

  private boolean hasRecoverable() {
    return queues.values().stream().anyMatch(ServiceQueue::isRecoverable);
  }

  void close() {
    closed = true;
    RequestCancelledException reason =
        new RequestCancelledException("the queues of this process are closed");
    queues.values().forEach(queue -> queue.close(reason));
    inquiries.values().forEach(each -> each.call().fail(reason));
    links.values().forEach(ServerLink::close);
  }
}
