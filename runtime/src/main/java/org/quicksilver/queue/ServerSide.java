package org.quicksilver.queue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.quicksilver.QueuePort;
import org.quicksilver.Scope;
import org.quicksilver.Transaction;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.comm.QueueMessage.OfferState;
import org.quicksilver.queue.protocol.BadFrameException;
import org.quicksilver.queue.protocol.Frame;
import org.quicksilver.queue.protocol.Status;
import org.quicksilver.queue.protocol.Tag;
import org.quicksilver.transaction.TransactionId;

/** This process as a server: its offers, its clients, and the serving of their requests. */
final class ServerSide {

  private static final int[] NOBODY = new int[0];

  private final QueuePort port;
  private final Consumer<Death> onDeath;
  private final ExecutorService threads = Executors.newCachedThreadPool(ServerSide::thread);
  private final TurnTaker turns = new TurnTaker();
  private final Map<Integer, Offer> offers = new ConcurrentHashMap<>();
  private final Clients clients;
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger load = new AtomicInteger();
  private final Refusals refusals;
  private final CarriedParts carried;
  private final Recordings recordings;
  private @Nullable Doorway doorway;
  private @Nullable Path socket;

  ServerSide(
      QueuePort port,
      Duration patience,
      Traffic traffic,
      Refusals refusals,
      ScheduledExecutorService timer,
      Consumer<Death> onDeath) {
    this.port = port;
    this.refusals = refusals;
    this.onDeath = onDeath;
    this.carried = new CarriedParts(port, patience, timer);
    this.recordings = new Recordings(port);
    ProcessName self = new ProcessName(port.node(), port.incarnation());
    this.clients = new Clients(this, self, traffic, refusals, timer);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "quicksilver-queue-serve");
    thread.setDaemon(true);
    return thread;
  }

  TurnTaker turns() {
    return turns;
  }

  void execute(Runnable work) {
    threads.execute(work);
  }

  /** The node says where this process may listen. */
  synchronized void onAdmitted(Path place) {
    socket = place;
    notifyAll();
  }

  /** Serves a queue; waits for the node to say where. */
  Offer offer(String queue, Service service, Terms terms) throws IOException, InterruptedException {
    Path place = listen();
    Offer offer = new Offer(numbers.incrementAndGet(), queue, service, terms, this);
    offers.put(offer.number(), offer);
    say(offer, place);
    return offer;
  }

  private synchronized Path listen() throws IOException, InterruptedException {
    while (socket == null) {
      wait();
    }
    if (doorway == null) {
      doorway = Doorway.open(socket, clients::visited);
      turns.start();
    }
    return socket;
  }

  private void say(Offer offer, Path place) {
    boolean recoverable = offer.terms().recoverable();
    port.send(
        new QueueMessage.Offered(offer.number(), offer.queue(), recoverable, place.toString()));
  }

  /** The node is there again. */
  void sayAgain() {
    Path place;
    synchronized (this) {
      place = doorway == null ? null : socket;
    }
    if (place != null) {
      offers.values().forEach(offer -> say(offer, place));
    }
    recordings.sayAgain();
  }

  void withdraw(Offer offer) {
    if (offers.remove(offer.number()) != null) {
      port.send(new QueueMessage.Withdrawn(offer.number()));
    }
  }

  /** Somebody sent what is no frame: its channel is closed. */
  void refused(ProcessName client, BadFrameException why) {
    refusals.add(client, why);
  }

  /** The node says that processes are dead. */
  void onGone(Predicate<ProcessName> which) {
    clients.onGone(which);
  }

  /** A dead client has been heard to the end. */
  void ended(ClientLink client) {
    if (clients.remove(client)) {
      carried.registerAll();
      onDeath.accept(client.client().death());
    }
  }

  void onEnded(TransactionId transaction) {
    carried.forget(transaction);
  }

  /** A new request; null if it is for an offer that is withdrawn. */
  @Nullable Serving begin(ClientLink client, Frame.Request request) {
    Offer offer = offers.get(request.offer());
    if (offer == null) {
      return null;
    }
    offer.began();
    load.incrementAndGet();
    boolean needsOwn = request.tag() == null && offer.terms().recoverable();
    return new Serving(client, request, offer, needsOwn ? port.begin() : null);
  }

  Transaction transaction(Tag tag) {
    return port.transaction(tag.transaction(), tag.via());
  }

  Scope enter(TransactionId transaction) {
    return port.enter(transaction);
  }

  /** Whether it must not hold up who reads: it has to wait, or has threads of its own. */
  boolean isElsewhere(Serving serving) {
    Tag tag = serving.frame().tag();
    return serving.offer().terms().executor() != null
        || serving.frame().streamed()
        || (tag != null && !tag.carried());
  }

  void serveElsewhere(Serving serving) {
    Executor own = serving.offer().terms().executor();
    Executor executor = own == null ? threads : own;
    Tag tag = serving.frame().tag();
    if (tag == null || tag.carried()) {
      executor.execute(() -> serve(serving));
    } else {
      port.register(tag.transaction(), tag.via())
          .whenCompleteAsync((number, failure) -> registered(serving, failure), executor);
    }
  }

  private void registered(Serving serving, @Nullable Throwable failure) {
    if (failure == null) {
      serve(serving);
    } else {
      String reason = "the server takes no part in the transaction: " + failure.getMessage();
      answer(serving, new Serving.Served(Status.FAILED, bytes(reason)), turns.now());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Serves it, on this thread, and answers. */
  void serve(Serving serving) {
    Tag tag = serving.frame().tag();
    if (tag != null && tag.carried()) {
      carried.add(tag.transaction());
    }
    long began = turns.now();
    Serving.Served served = serving.serve();
    if (tag == null && serving.offer().terms().recoverable()) {
      record(serving, served, began);
    } else {
      answer(serving, served, began);
    }
  }

  /** Commits the server's own transaction together with the completion, and answers then. */
  private void record(Serving serving, Serving.Served served, long began) {
    Transaction own = Objects.requireNonNull(serving.transaction().orElse(null));
    if (served.status() == Status.DONE) {
      recordings.record(
          serving,
          own,
          served.body(),
          refusal -> answer(serving, recorded(served, refusal), began));
    } else {
      serving.partsBelow().forEach(each -> port.tookPart(own.id(), each));
      own.abort("its request was not served");
      answer(serving, served, began);
    }
  }

  private static Serving.Served recorded(Serving.Served served, String refusal) {
    return refusal.isEmpty() ? served : new Serving.Served(Status.ABORTED, bytes(refusal));
  }

  private void answer(Serving serving, Serving.Served served, long began) {
    Frame.Request request = serving.frame();
    load.decrementAndGet();
    serving.offer().ended(turns.now() - began, served.status() == Status.DONE);
    int[] parts = request.tag() == null ? NOBODY : serving.parts(port.incarnation());
    InputStream following = serving.following(served.status());
    serving
        .link()
        .served(
            new Frame.Completion(
                request.number(),
                served.status(),
                load.get(),
                parts,
                following != null,
                served.body()),
            following);
  }

  /** The node says what came of a recording. */
  void onRecorded(QueueMessage.Recorded m) {
    recordings.recorded(m);
  }

  Frame.Completion completion(long number, Status status, byte[] body) {
    return new Frame.Completion(number, status, load.get(), NOBODY, false, body);
  }

  /** Says how the offers are doing; called again and again, by one thread. */
  void tick() {
    carried.registerOld();
    List<OfferState> news =
        offers.values().stream().map(Offer::news).filter(Objects::nonNull).toList();
    if (!news.isEmpty()) {
      port.send(new QueueMessage.State(news));
    }
  }

  void close() throws IOException {
    offers.values().forEach(this::withdraw);
    carried.registerAll();
    synchronized (this) {
      if (doorway != null) {
        doorway.close();
      }
    }
    clients.close();
    turns.close();
    threads.shutdownNow();
  }
}
