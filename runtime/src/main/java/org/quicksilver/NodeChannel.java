package org.quicksilver;

import java.io.Closeable;
import java.util.Optional;
import java.util.function.Consumer;
import org.quicksilver.comm.ProgramMessage;
import org.quicksilver.transaction.TransactionId;

/** The way to the node: that of the agent in this JVM, or one of our own. Thread-safe. */
interface NodeChannel extends Closeable {

  /**
   * Begins to receive.
   *
   * @param received called with each message, on one thread of the channel's
   * @param connected called on the same thread when the node is there, for the first time or again:
   *     what was sent before may be lost
   */
  void start(Consumer<ProgramMessage.ToProgram> received, Runnable connected);

  /** Sends, or drops silently while there is no node. */
  void send(ProgramMessage.ToNode message);

  /** A transaction ID that nobody has. */
  TransactionId newTransaction();

  /** Identity of the node. */
  long node();

  /** Incarnation of this process. */
  int incarnation();

  /** From now on this thread works for that transaction. */
  Scope enter(TransactionId transaction);

  /** For whom this thread works; empty for the process. */
  Optional<TransactionId> current();
}
