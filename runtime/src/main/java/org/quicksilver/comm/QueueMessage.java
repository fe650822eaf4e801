package org.quicksilver.comm;

import java.util.List;
import org.quicksilver.transaction.TransactionId;

/**
 * What is said about service queues: by programs to their node, to programs, and between nodes. The
 * requests themselves go from process to process, past the nodes.
 *
 * <p>All of it may be said twice: after a reconnect each side repeats what holds.
 *
 * <p>Source: QuickSilver, "IPC fundamental to system services".
 */
public sealed interface QueueMessage {

  /** From a program. */
  sealed interface ToNode extends QueueMessage {}

  /** To a program. */
  sealed interface ToProgram extends QueueMessage {}

  /** From node to node. */
  sealed interface Between extends QueueMessage {}

  /**
   * A request wherever it goes.
   *
   * @param node of the client
   * @param incarnation of the client's process
   * @param sequence in that process
   */
  record RequestId(long node, int incarnation, String queue, long sequence) {

    @Override
    public String toString() {
      return queue
          + "#"
          + sequence
          + " of "
          + Long.toHexString(node)
          + ":"
          + Integer.toUnsignedString(incarnation);
    }
  }

  /**
   * Where a queue is offered.
   *
   * @param node of the server
   * @param incarnation of the server's process
   * @param number of the offer in that process
   * @param recoverable whether completions are recorded, and requests of a dead server go to
   *     another
   * @param socket where that process listens
   */
  record Place(long node, int incarnation, int number, boolean recoverable, String socket) {}

  /**
   * How an offer is doing.
   *
   * @param served requests served
   * @param failed requests whose server threw
   * @param depth requests being served or waiting to be
   * @param perSecond requests served in the last second
   * @param medianMicros of the time a request was served, microseconds; its 99th percentile and
   *     longest beside it
   */
  record OfferState(
      int number,
      long served,
      long failed,
      int depth,
      long perSecond,
      long medianMicros,
      long ninetyNinthMicros,
      long longestMicros) {}

  /** The process uses queues from now on. Answered by {@link Admitted}. */
  record Enter() implements ToNode {}

  /** The process serves a queue. */
  record Offered(int number, String queue, boolean recoverable, String socket) implements ToNode {}

  /** It does not serve it any more. */
  record Withdrawn(int number) implements ToNode {}

  /** The process has requests for a queue. Answered by {@link Offers}, now and at each change. */
  record Seek(String queue) implements ToNode {}

  /** It has none any more, and is not told of changes. */
  record Unseek(String queue) implements ToNode {}

  /** How its offers are doing; only those that changed. */
  record State(List<OfferState> offers) implements ToNode {

    /** Copies the list. */
    public State {
      offers = List.copyOf(offers);
    }
  }

  /**
   * These processes of this node worked for the transaction; what the process says next about it
   * counts for them too.
   */
  record TookPart(TransactionId transaction, List<Integer> processes) implements ToNode {

    /** Copies the list. */
    public TookPart {
      processes = List.copyOf(processes);
    }
  }

  /**
   * The process commits a transaction of its own that a request was served under; if it commits,
   * this is the completion of the request. Answered by {@link Recorded}.
   */
  record Complete(TransactionId transaction, RequestId request, byte[] completion)
      implements ToNode {}

  /**
   * The server is dead: is there a completion of this request? Answered by {@link Found} as soon as
   * the transactions of that server are decided.
   *
   * @param node of the server
   * @param incarnation of the server's process
   */
  record Inquire(RequestId request, long node, int incarnation) implements ToNode, Between {}

  /**
   * The process has closed so many channels since its start because of what came over them.
   *
   * @param last of the last: who sent what, for people
   */
  record Refused(long count, String last) implements ToNode {}

  /** The client needs the completions of its requests below this no more. */
  record Needed(int client, long fromSequence) implements ToNode, Between {}

  /** To a process that uses queues: here it may listen. */
  record Admitted(String socket) implements ToProgram {}

  /** Who offers a queue. */
  record Offers(String queue, List<Place> places) implements ToProgram {

    /** Copies the list. */
    public Offers {
      places = List.copyOf(places);
    }
  }

  /** A process is dead, or has left. Told to every process that uses queues. */
  record Gone(long node, int incarnation) implements ToProgram, Between {}

  /** There is no way to a node any more: for this one every process there is dead. */
  record Lost(long node) implements ToProgram {}

  /**
   * The completion is recorded, or the transaction was aborted.
   *
   * @param refusal why not, for people; empty if it is
   */
  record Recorded(RequestId request, String refusal) implements ToProgram {}

  /**
   * What became of a request whose server is dead.
   *
   * @param recorded whether it was completed
   */
  record Found(RequestId request, boolean recorded, byte[] completion)
      implements ToProgram, Between {}

  /**
   * From node to node, and on to its neighbours: who offers this among yours? Answered to the
   * origin by {@link Answer}, now and at each change.
   *
   * @param origin the node that wants to know
   * @param round of that node; what is said in a later one counts
   * @param hops how many links it may still go over, this one included
   */
  record Ask(String queue, long origin, long round, int hops) implements Between {}

  /**
   * From node to node: these of mine offer it.
   *
   * @param round of the question
   * @param number of the answer: a later one of that node has a greater one, whichever way it goes
   */
  record Answer(String queue, long round, long number, List<Place> places) implements Between {

    /** Copies the list. */
    public Answer {
      places = List.copyOf(places);
    }
  }

  /**
   * From node to node, and on to its neighbours: the origin has lost a way; whoever has asked is to
   * ask anew.
   *
   * @param round of the origin; each counts once
   */
  record AskAnew(long origin, long round) implements Between {}

  /** From node to node, as the question went: the origin does not want to know it any more. */
  record Unask(String queue, long origin, long round) implements Between {}

  /**
   * From neighbour to neighbour: what a node says to one it is not linked to.
   *
   * @param hops how many links it may still go over, this one included
   * @param message none that is itself relayed
   */
  record Relayed(long from, long to, int hops, Between message) implements Between {

    /** Refuses one within another, which could go on for ever. */
    public Relayed {
      if (message instanceof Relayed) {
        throw new IllegalArgumentException("relayed already: " + message);
      }
    }
  }

  /** From neighbour to neighbour: there is no way to that node over this one any more. */
  record Unreachable(long node) implements Between {}
}
