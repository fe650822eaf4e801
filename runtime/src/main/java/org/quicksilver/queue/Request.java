package org.quicksilver.queue;

import java.io.InputStream;
import java.util.Optional;
import org.quicksilver.Transaction;
import org.quicksilver.transaction.NodeId;

/** A request as its server sees it. Thread-safe. */
public final class Request {

  private final Serving serving;

  Request(Serving serving) {
    this.serving = serving;
  }

  /** What the client sent; the server's to keep. */
  public byte[] body() {
    return serving.body();
  }

  /**
   * What follows the body, if the client sends more than fits into one; empty if not. Comes as fast
   * as it is read; fails if the client dies, or cancels.
   */
  public InputStream rest() {
    return serving.rest();
  }

  /**
   * Has this follow the completion: sent by another thread after the service has returned, as fast
   * as the client reads it, and closed. The request is served then, whatever becomes of the stream.
   */
  public void follow(InputStream rest) {
    serving.follow(rest);
  }

  /** The queue it came through. */
  public String queue() {
    return serving.offer().queue();
  }

  /** Node of the client. */
  public NodeId clientNode() {
    return new NodeId(serving.client().node());
  }

  /** The client's process there, unsigned; another after each start. */
  public int clientIncarnation() {
    return serving.client().incarnation();
  }

  /** Number of the request in the client's process: with queue and client its identity. */
  public long sequence() {
    return serving.sequence();
  }

  /**
   * The transaction that it is served under: the client's, or on a recoverable queue one of the
   * server's own that is committed with the completion. Empty on a volatile queue if the client has
   * none.
   */
  public Optional<Transaction> transaction() {
    return serving.transaction();
  }

  /** Whether the client has cancelled it, or is dead: the completion is for nobody. */
  public boolean isCancelled() {
    return serving.isCancelled();
  }
}
