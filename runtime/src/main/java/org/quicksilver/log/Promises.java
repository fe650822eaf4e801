package org.quicksilver.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Those who wait for what has been appended up to now. Not thread-safe. */
final class Promises {

  private final List<CompletableFuture<Void>> waiting = new ArrayList<>();

  CompletableFuture<Void> add() {
    CompletableFuture<Void> promise = new CompletableFuture<>();
    waiting.add(promise);
    return promise;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Tells all that it is done. */
  void keep() {
    waiting.forEach(each -> each.complete(null));
    waiting.clear();
  }

  /** Tells all that it will not be done. */
  void breakAll(Throwable why) {
    waiting.forEach(each -> each.completeExceptionally(why));
    waiting.clear();
  }

  /**
   * Waits, whether interrupted or not; an interrupt is kept for the caller to see.
   *
   * @throws IOException if it was broken by one
   */
  static <T> T await(CompletableFuture<T> promise) throws IOException {
    try {
      return promise.join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof LogFailedException failed) {
        throw failed.again();
      }
      if (cause instanceof IOException io) {
        throw io;
      }
      if (cause instanceof RuntimeException runtime) {
        throw runtime;
      }
      throw e;
    }
  }
}
