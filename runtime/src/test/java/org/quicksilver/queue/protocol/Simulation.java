package org.quicksilver.queue.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.comm.QueueMessage.RequestId;
import org.quicksilver.node.queue.SimulatedNode;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.TransactionId;

/**
 * One client, two servers, their node: the real sessions and the real table of completions, over
 * wires that lose, repeat and reorder. Counts the effect of each request. The same seed gives the
 * same run.
 */
final class Simulation {

  /** Who is killed in the middle. */
  enum Victim {
    NOBODY,
    SERVER,
    CLIENT,
    NODE,
    NODE_AND_SERVER,
    /** The node's power, and with it the servers; the client is on another machine. */
    POWER,
    /** The link over which the client knows of a server, which lives. */
    LINK
  }

  private static final int REQUESTS = 5;
  private static final byte[] SHORT = {7};

  /** Longer than the store takes, and than one record of the log. */
  private static final byte[] LONG = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  /** One life of a server, and the client's session with it. */
  private final class Server {
    private final int incarnation;
    private final ClientSession client = new ClientSession();
    private ServerSession session = new ServerSession();
    private final Wire<Frame> there;
    private final Wire<Frame> back;
    private final Map<Long, Frame.Request> running = new LinkedHashMap<>();
    private final Map<RequestId, Frame.Request> recording = new LinkedHashMap<>();

    Server(int incarnation, boolean isGood) {
      this.incarnation = incarnation;
      there = new Wire<>(random, isGood);
      back = new Wire<>(random, isGood);
    }
  }

  private final Random random;
  private final boolean recoverable;
  private final boolean forgetful;
  private final SimulatedNode node;
  private final List<Server> servers = new ArrayList<>();
  private final List<Server> cutOff = new ArrayList<>();
  private final Map<Long, Integer> effects = new TreeMap<>();
  private final Map<Long, Status> told = new TreeMap<>();
  private final Map<TransactionId, Long> work = new HashMap<>();
  private final Map<Long, Integer> inquiries = new LinkedHashMap<>();
  private boolean clientLives = true;
  private boolean isCalm;
  private boolean isWhole = true;
  private int incarnations = 100;
  private long asked;
  private long transactions;
  private long cancelled;

  /**
   * Begins.
   *
   * @param forgetful plants a fault: a server that forgets its table of duplicates
   */
  Simulation(long seed, boolean recoverable, boolean forgetful) {
    this.random = new Random(seed);
    this.recoverable = recoverable;
    this.forgetful = forgetful;
    this.node = new SimulatedNode(random, this::toServer, this::committed, this::lives);
    servers.add(new Server(incarnations++, false));
    servers.add(new Server(incarnations++, false));
  }

  /** Runs it, with a death before one of its steps; how many there were until all was said. */
  int run(Victim victim, int deathAt) {
    if (victim == Victim.POWER) {
      node.forceAll();
    }
    int steps = 0;
    for (; steps < 120; steps++) {
      if (steps == deathAt) {
        kill(victim);
      }
      step();
    }
    isCalm = true;
    for (int i = 0; i < 4000 && !isQuiet(); i++) {
      step();
    }
    return steps;
  }

  private boolean isQuiet() {
    return !clientLives
        || (told.size() == REQUESTS && node.undecided().isEmpty() && !node.isBusy());
  }

  private void kill(Victim victim) {
    switch (victim) {
      case NOBODY -> {}
      case SERVER -> killServer(servers.get(random.nextInt(servers.size())));
      case CLIENT -> {
        clientLives = false;
        servers.forEach(each -> each.session.onClientDied());
      }
      case NODE -> {
        node.restart();
        completeAgain();
        inquireAgain();
      }
      case NODE_AND_SERVER -> {
        Server server = servers.remove(random.nextInt(servers.size()));
        servers.add(new Server(incarnations++, isCalm));
        node.restart();
        hearToTheEnd(server);
        completeAgain();
        inquireAgain();
      }
      case POWER -> {
        List<Server> all = List.copyOf(servers);
        servers.clear();
        servers.add(new Server(incarnations++, isCalm));
        servers.add(new Server(incarnations++, isCalm));
        node.losePower();
        all.forEach(this::hearToTheEnd);
        inquireAgain();
      }
      case LINK -> {
        Server server = servers.remove(random.nextInt(servers.size()));
        cutOff.add(server);
        servers.add(new Server(incarnations++, isCalm));
        hearToTheEnd(server);
      }
    }
  }

  /** Whoever waits says it again. */
  private void completeAgain() {
    for (Server server : withThoseCutOff()) {
      Map.copyOf(server.recording).forEach((id, request) -> complete(server, id, request));
    }
  }

  private void inquireAgain() {
    List.copyOf(inquiries.keySet()).forEach(this::inquire);
  }

  private List<Server> withThoseCutOff() {
    List<Server> all = new ArrayList<>(servers);
    all.addAll(cutOff);
    return all;
  }

  private boolean lives(int incarnation) {
    return withThoseCutOff().stream().anyMatch(each -> each.incarnation == incarnation);
  }

  private void killServer(Server server) {
    servers.remove(server);
    servers.add(new Server(incarnations++, isCalm));
    for (Frame.Request request : server.running.values()) {
      node.decide(own(server, request.sequence()), Outcome.ABORTED);
    }
    hearToTheEnd(server);
  }

  private void hearToTheEnd(Server server) {
    if (clientLives) {
      while (!server.back.isEmpty() && random.nextInt(3) != 0) {
        toClient(server, server.back.next());
      }
      server.client.onServerDied().forEach(request -> left(request, server.incarnation));
    }
  }

  private void left(Frame.Request request, int server) {
    if (told.containsKey(request.sequence())) {
      return;
    }
    if (recoverable) {
      inquiries.put(request.sequence(), server);
      inquire(request.sequence());
    } else {
      told.put(request.sequence(), Status.WITHDRAWN);
    }
  }

  private void inquire(long sequence) {
    node.inquire(id(sequence), inquiries.get(sequence), found -> found(sequence, found));
  }

  private void found(long sequence, QueueMessage.Found found) {
    if (inquiries.remove(sequence) != null && clientLives) {
      if (found.recorded()) {
        isWhole &= java.util.Arrays.equals(body(sequence), found.completion());
        told.put(sequence, Status.DONE);
      } else {
        ask(sequence);
      }
    }
  }

  private static RequestId id(long sequence) {
    return new RequestId(1, 1, "q", sequence);
  }

  private void step() {
    Server server = servers.get(random.nextInt(servers.size()));
    switch (random.nextInt(10)) {
      case 0 -> askNext();
      case 1 -> {
        if (!server.there.isEmpty()) {
          toServer(server, server.there.next());
        }
      }
      case 2 -> {
        if (clientLives && !server.back.isEmpty()) {
          toClient(server, server.back.next());
        }
      }
      case 3, 4 -> serve(server);
      case 9 -> {
        if (!cutOff.isEmpty()) {
          serve(cutOff.get(0));
        }
      }
      case 5 -> decide();
      case 6 -> {
        if (node.isBusy()) {
          node.settle();
        }
      }
      case 7 -> reconnect(server);
      default -> cancelOne(server);
    }
  }

  private void askNext() {
    if (clientLives && asked < REQUESTS) {
      ask(++asked);
    }
  }

  private void ask(long sequence) {
    Server server = servers.get(random.nextInt(servers.size()));
    server.there.send(server.client.ask(1, sequence, null, false, SHORT));
  }

  /** Now and then one that is not told yet; for the client it is over. */
  private void cancelOne(Server server) {
    if (!isCalm && clientLives && cancelled == 0 && random.nextInt(20) == 0 && asked > 0) {
      for (Frame frame : server.client.onReconnected()) {
        if (frame instanceof Frame.Request request && !told.containsKey(request.sequence())) {
          cancelled = request.sequence();
          told.put(cancelled, Status.CANCELLED);
          server.there.send(server.client.cancel(request.number()));
          return;
        }
      }
    }
  }

  private void reconnect(Server server) {
    if (!clientLives) {
      return;
    }
    if (isCalm) {
      server.there.clear();
      server.back.clear();
    }
    if (forgetful) {
      server.session = new ServerSession();
    }
    server.client.onReconnected().forEach(server.there::send);
  }

  private void toServer(Server server, Frame frame) {
    if (frame instanceof Frame.Request request) {
      ServerSession.Verdict verdict = server.session.onRequest(request);
      if (verdict instanceof ServerSession.Verdict.Serve) {
        server.running.put(request.number(), request);
      } else if (verdict instanceof ServerSession.Verdict.Repeat repeat) {
        server.back.send(repeat.completion());
      }
    } else if (frame instanceof Frame.Cancel cancel) {
      onCancel(server, cancel);
    } else if (frame instanceof Frame.Acknowledge m) {
      server.session.onAcknowledged(m.mark(), m.acknowledged());
    }
  }

  private void onCancel(Server server, Frame.Cancel cancel) {
    switch (server.session.onCancel(cancel.number(), cancel.mark())) {
      case ANSWER -> finish(server, cancel.number(), Status.CANCELLED);
      case STOP, NOTHING -> {}
    }
  }

  private void serve(Server server) {
    if (server.running.isEmpty()) {
      return;
    }
    Frame.Request request = server.running.values().iterator().next();
    if (recoverable) {
      RequestId id = id(request.sequence());
      if (server.recording.putIfAbsent(id, request) == null) {
        complete(server, id, request);
      }
    } else {
      server.running.remove(request.number());
      effects.merge(request.sequence(), 1, Integer::sum);
      finish(server, request.number(), Status.DONE);
    }
  }

  /** The server's own transaction for that request. */
  private TransactionId own(Server server, long sequence) {
    for (Map.Entry<TransactionId, Long> each : work.entrySet()) {
      if (each.getKey().incarnation() == server.incarnation && each.getValue() == sequence) {
        return each.getKey();
      }
    }
    TransactionId own = new TransactionId(1, server.incarnation, ++transactions);
    work.put(own, sequence);
    return own;
  }

  private void complete(Server server, RequestId id, Frame.Request request) {
    TransactionId own = own(server, request.sequence());
    node.complete(server.incarnation, new QueueMessage.Complete(own, id, body(id.sequence())));
  }

  private static byte[] body(long sequence) {
    return sequence % 2 == 0 ? LONG : SHORT;
  }

  private void decide() {
    for (TransactionId each : node.undecided()) {
      boolean commits = isCalm || random.nextInt(8) != 0;
      node.decide(each, commits ? Outcome.COMMITTED : Outcome.ABORTED);
      return;
    }
  }

  private void committed(TransactionId transaction) {
    effects.merge(work.get(transaction), 1, Integer::sum);
  }

  private void toServer(int process, QueueMessage.ToProgram message) {
    if (message instanceof QueueMessage.Recorded m) {
      for (Server server : withThoseCutOff()) {
        Frame.Request request =
            server.incarnation == process ? server.recording.remove(m.request()) : null;
        if (request != null) {
          server.running.remove(request.number());
          finish(server, request.number(), m.refusal().isEmpty() ? Status.DONE : Status.FAILED);
        }
      }
    }
  }

  private void finish(Server server, long number, Status status) {
    Frame.Completion completion = new Frame.Completion(number, status, 0, new int[0], false, SHORT);
    if (server.session.onServed(completion)) {
      server.back.send(completion);
    }
  }

  private void toClient(Server server, Frame frame) {
    if (frame instanceof Frame.Completion completion) {
      long sequence = sequence(server, completion.number());
      if (server.client.onCompletion(completion)) {
        told.putIfAbsent(sequence, completion.status());
      }
    }
  }

  private long sequence(Server server, long number) {
    return server.client.sequence(number);
  }

  /** What is wrong; empty if nothing is. */
  String fault() {
    if (!isWhole) {
      return "a completion is not what it was";
    }
    for (long sequence = 1; sequence <= asked; sequence++) {
      int count = effects.getOrDefault(sequence, 0);
      Status status = told.get(sequence);
      if (count > 1) {
        return "request " + sequence + " happened " + count + " times";
      } else if (status == Status.DONE && count == 0) {
        return "request " + sequence + " is said to be done and never happened";
      } else if (status == Status.FAILED && count == 1) {
        return "request " + sequence + " is said to have failed and happened";
      } else if (status == null && clientLives) {
        return "nothing was said of request " + sequence;
      } else if (recoverable && status == Status.WITHDRAWN) {
        return "request " + sequence + " was lost";
      }
    }
    return "";
  }

  /** How many requests were told to be done. */
  long done() {
    return told.values().stream().filter(status -> status == Status.DONE).count();
  }
}
