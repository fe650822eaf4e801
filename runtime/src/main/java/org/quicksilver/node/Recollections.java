package org.quicksilver.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.quicksilver.comm.Message;

/**
 * Asks all agents for connections that none of their JVMs has any more: an acceptor tells of one
 * when it finds the time, which may be after its opener has closed it. Each agent remembers for a
 * while what was closed. Node thread only.
 */
final class Recollections {

  /** Those that come meanwhile are asked for together: most are of openers without an agent. */
  private static final Duration PAUSE = Duration.ofMillis(50);

  /** An agent that has not answered by then is taken for one that knows nothing. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** One question, to all at once. */
  static final class Question {
    private final Set<Integer> unanswered = new HashSet<>();
    private final long askedNanos = System.nanoTime();

    private boolean isOld() {
      return System.nanoTime() - askedNanos > PATIENCE.toNanos();
    }
  }

  private final JvmTable jvms;
  private final Map<Long, Question> open = new HashMap<>();
  private long number;
  private long nextNanos = System.nanoTime();

  Recollections(JvmTable jvms) {
    this.jvms = jvms;
  }

  /** Whether it is not too early: others may have been asked for just now. */
  boolean isDue() {
    return System.nanoTime() - nextNanos >= 0;
  }

  /** Asks for those connections, if there are any. */
  void ask(List<Arrival> sought) {
    if (sought.isEmpty()) {
      return;
    }
    nextNanos = System.nanoTime() + PAUSE.toNanos();
    open.values().removeIf(Question::isOld);
    Question question = new Question();
    number++;
    List<String> connections = sought.stream().map(Arrival::seenByOpener).toList();
    for (Jvm jvm : jvms.living()) {
      if (jvm.peer() != null) {
        question.unanswered.add(jvm.incarnation());
        jvms.send(jvm.incarnation(), new Message.Sought(number, connections));
      }
    }
    open.put(number, question);
    sought.forEach(arrival -> arrival.question(question));
  }

  /** Somebody has said all he knows. */
  void onAnswer(int incarnation, Message.Recalled answer) {
    Question question = open.get(answer.number());
    if (question != null) {
      question.unanswered.remove(incarnation);
      if (question.unanswered.isEmpty()) {
        open.remove(answer.number());
      }
    }
  }

  /** Whether somebody who lives may still remember. */
  boolean isAwaited(Arrival arrival) {
    Question question = arrival.question();
    if (question == null || question.isOld()) {
      return false;
    }
    question.unanswered.removeIf(incarnation -> !isConnected(incarnation));
    return !question.unanswered.isEmpty();
  }

  private boolean isConnected(int incarnation) {
    Jvm jvm = jvms.find(incarnation);
    return jvm != null && jvm.peer() != null;
  }
}
