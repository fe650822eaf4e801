package org.quicksilver.queue;

/** What serves the requests of a queue. Called by several threads at once. */
@FunctionalInterface
public interface Service {

  /**
   * Serves one request. The calling thread works for the request's transaction, if it has one. It
   * is interrupted if the client cancels, or dies.
   *
   * <p>Runs on the thread that read the request; if it takes longer than a millisecond another
   * thread goes on reading.
   *
   * @return the completion: at most {@link ServiceQueue#LONGEST_BODY} bytes
   * @throws Exception has the client's call fail with a {@link RequestFailedException}
   */
  byte[] serve(Request request) throws Exception;
}
