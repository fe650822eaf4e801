package org.quicksilver.node;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.quicksilver.comm.TurnMessage;
import org.quicksilver.transaction.TransactionId;

/**
 * Whose the parts of a pooled connection's stream are. Asked by the acceptor of something that
 * lasts, and only of that; its opener knows. Node thread only.
 *
 * <p>Source: design.md section 4, "Pooled and kept-alive connections".
 */
final class Turns {

  /** The connection is still being looked for, or an answer is. */
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private static final int MOST_LOOKS = 40;

  /** The opener has not answered: it may not have been connected. */
  private static final Duration ASK_AGAIN = Duration.ofMillis(500);

  private record Question(Arrival turn, Link connection) {}

  private final JvmTable jvms;
  private final Links links;
  private final LinkFinder finder;
  private final Conversations conversations;
  private final NodeThread thread;
  private final Map<TransactionId, Question> questions = new HashMap<>();

  Turns(
      JvmTable jvms,
      Links links,
      LinkFinder finder,
      Conversations conversations,
      NodeThread thread) {
    this.jvms = jvms;
    this.links = links;
    this.finder = finder;
    this.conversations = conversations;
    this.thread = thread;
  }

  void onMessage(int incarnation, TurnMessage message) {
    if (message instanceof TurnMessage.Pooled m) {
      conversations.onPooled(incarnation, m.local() + " -> " + m.remote(), m.transaction());
    } else if (message instanceof TurnMessage.Turned m) {
      look(new Arrival(incarnation, m), m.connection(), 0);
    } else if (message instanceof TurnMessage.Answered m) {
      onAnswer(m);
    } else if (message instanceof TurnMessage.Over m) {
      questions.remove(m.provisional());
      links.dropTurn(m.provisional());
    }
  }

  private void look(Arrival turn, TransactionId connection, int looks) {
    Link link = links.find(turn.acceptor(), turn.local(), turn.remote());
    if (link == null || !link.provisional().equals(connection)) {
      if (looks < MOST_LOOKS) {
        thread.after(
            LOOK_AGAIN,
            "look for the link of a turn's connection",
            () -> look(turn, connection, looks + 1));
      }
    } else {
      ask(turn, link);
    }
  }

  private void ask(Arrival turn, Link connection) {
    Question question = new Question(turn, connection);
    questions.put(turn.provisional(), question);
    ask(question);
  }

  /** As long as both live; the dead opener's connection is what it was. */
  private void ask(Question question) {
    Arrival turn = question.turn;
    Link connection = question.connection;
    if (questions.get(turn.provisional()) != question) {
      return;
    }
    if (jvms.find(turn.acceptor()) == null) {
      questions.remove(turn.provisional());
    } else if (connection.opener() == 0 || jvms.find(connection.opener()) == null) {
      answer(turn.provisional(), connection.transaction());
    } else {
      TurnMessage asked =
          new TurnMessage.Asked(
              turn.provisional(),
              connection.remote(),
              connection.local(),
              turn.turn() - 1,
              turn.request());
      jvms.send(connection.opener(), asked);
      thread.after(ASK_AGAIN, "ask again whose a turn is", () -> ask(question));
    }
  }

  private void onAnswer(TurnMessage.Answered m) {
    Question question = questions.get(m.provisional());
    if (question != null) {
      answer(m.provisional(), m.known() ? m.transaction() : question.connection.transaction());
    }
  }

  /** An answer may itself be a tag that is still being looked for: then a little later. */
  private void answer(TransactionId provisional, TransactionId tag) {
    Question question = questions.get(provisional);
    if (question == null) {
      return;
    }
    if (finder.isProvisional(tag) || questions.containsKey(tag)) {
      thread.after(LOOK_AGAIN, "await the answer to another", () -> answer(provisional, tag));
      return;
    }
    questions.remove(provisional);
    conversations.onTurn(question.turn, question.connection, tag);
  }
}
