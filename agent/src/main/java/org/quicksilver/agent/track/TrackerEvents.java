package org.quicksilver.agent.track;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.TransactionId;

/**
 * What the tracker tells upwards. Called on the application's threads: implementations only put it
 * into a queue.
 */
public interface TrackerEvents {

  /** A connection was accepted and tagged provisionally; whose is it? */
  void accepted(Branch branch);

  /** Something was opened for a part of a stream; whose is it? */
  void turnUsed(Branch turn);

  /** A connection, {@code local -> remote}, that this process opened serves several. */
  void pooled(String connection, TransactionId transaction);

  /** The connection that a branch is about was closed: accepted, or opened and watched. */
  void connectionClosed(Branch branch);

  /**
   * A handle that had been reported was closed by the application after all.
   *
   * @param closing by whom; null if that is not wanted
   */
  void accusedClosed(Handle handle, @Nullable Throwable closing);

  /**
   * A temporary file or a child process was recorded: its stack is wanted in the breadcrumbs at
   * once.
   */
  void leavesSomethingBehind(Handle handle);

  /** A program says something to the node: the body of a frame. */
  void programSays(byte[] frame);

  /** Who gets what the node tells programs, and is to know when the node is there. */
  void programListens(Consumer<byte[]> received, Runnable connected);
}
