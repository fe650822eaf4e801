package org.quicksilver.queue;

import java.util.concurrent.CompletableFuture;

/**
 * A queue whose requests and completions are values. Thread-safe if its codecs are.
 *
 * @param queue the queue
 * @param requests codec of its requests
 * @param completions codec of its completions
 * @param <Q> a request
 * @param <C> a completion
 */
public record TypedQueue<Q, C>(ServiceQueue queue, Codec<Q> requests, Codec<C> completions) {

  /** What serves values. */
  @FunctionalInterface
  public interface TypedService<Q, C> {

    /**
     * Serves one request, see {@link Service#serve}.
     *
     * @param value what its body says
     */
    C serve(Q value, Request request) throws Exception;
  }

  /** Calls, and waits, see {@link ServiceQueue#call}. */
  public C call(Q request) throws CallException, InterruptedException {
    return completions.decode(queue.call(requests.encode(request)));
  }

  /** Calls without waiting. */
  public CompletableFuture<C> callAsync(Q request) {
    return queue.callAsync(requests.encode(request)).future().thenApply(completions::decode);
  }

  /** A service of bytes made of one of values, to be offered. */
  public Service service(TypedService<Q, C> service) {
    return request -> completions.encode(service.serve(requests.decode(request.body()), request));
  }
}
