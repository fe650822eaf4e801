package org.quicksilver.benchmark.queue;

import java.util.concurrent.CompletionStage;

/** One way to call an echo in another process. */
interface Caller extends AutoCloseable {

  /** Calls, and waits. */
  byte[] call(byte[] body) throws Exception;

  /** Calls; the stage is completed on whichever thread. */
  CompletionStage<byte[]> begin(byte[] body) throws Exception;

  @Override
  void close() throws Exception;
}
