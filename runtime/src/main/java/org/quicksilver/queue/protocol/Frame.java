package org.quicksilver.queue.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What client and server say to each other over their direct channel. Arrays are not copied: who
 * makes a frame gives them away.
 */
public sealed interface Frame {

  /** Bytes of the longest body of one frame; what is longer is streamed in chunks. */
  int LONGEST_BODY = 1 << 20;

  /**
   * First frame in both directions: who speaks.
   *
   * @param life of the client's link: a client that was told that the server is dead, and finds it
   *     alive, begins a new one, with numbers from 1. From a server 0, or {@link #OVER}
   */
  record Greeting(long node, int incarnation, int life) implements Frame {

    /** The server took the client for dead: that link is over, and what it knew of it forgotten. */
    public static final int OVER = -1;
  }

  /**
   * Client to server: please do this.
   *
   * @param number from 1, of this client at this server
   * @param mark the client needs nothing more of requests below this number
   * @param acknowledged numbers above the mark whose completions have arrived
   * @param offer number of the offer in the server's process
   * @param sequence of the request in the client's process: with the client and the queue its
   *     identity wherever it goes
   * @param tag the transaction it is made under; null for none
   * @param streamed whether the rest of its body follows in chunks
   * @param body its content, or the beginning of it
   */
  record Request(
      long number,
      long mark,
      long[] acknowledged,
      int offer,
      long sequence,
      @Nullable Tag tag,
      boolean streamed,
      byte[] body)
      implements Frame {

    /** The same, as it is said again: with the mark of then. */
    Request again(long newMark) {
      return new Request(number, newMark, NumberRanges.NONE, offer, sequence, tag, streamed, body);
    }
  }

  /**
   * Server to client: this became of it.
   *
   * @param status how it ended
   * @param load requests the server is busy with now
   * @param parts incarnations of the processes of this node that worked for the transaction below
   *     the server, and of the server itself, whose registration the client answers for
   * @param streamed whether the rest of the body follows in chunks
   * @param body the completion, or the reason
   */
  record Completion(
      long number, Status status, int load, int[] parts, boolean streamed, byte[] body)
      implements Frame {}

  /** Client to server: it is not needed any more. Answered by a completion, whichever. */
  record Cancel(long number, long mark) implements Frame {}

  /** Client to server: these completions have arrived. */
  record Acknowledge(long mark, long[] acknowledged) implements Frame {}

  /**
   * Next part of a streamed body; of the request from the client, of the completion from the
   * server.
   */
  record Chunk(long number, boolean last, byte[] body) implements Frame {}

  /** The receiver of a streamed body has room for so many bytes more. */
  record Credit(long number, int bytes) implements Frame {}
}
