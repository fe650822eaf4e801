package org.quicksilver.agent.track;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The open handles by the number of their descriptor: no hashing and no lock, and one that was
 * closed unseen is found when its number comes back. Grows in chunks; lookups never wait.
 */
final class DescriptorTable {

  private static final int CHUNK_SHIFT = 10;
  private static final int CHUNK = 1 << CHUNK_SHIFT;
  private static final int MOST_CHUNKS = 1 << 14;

  /** So many references fill a cache line. */
  private static final int LINE_SHIFT = 4;

  private static final int LINES = CHUNK >>> LINE_SHIFT;

  private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable Handle>> chunks =
      new AtomicReferenceArray<>(MOST_CHUNKS);
  private volatile int usedChunks;

  @Nullable Handle get(int descriptor) {
    int chunk = descriptor >>> CHUNK_SHIFT;
    if (chunk >= usedChunks) {
      return null;
    }
    AtomicReferenceArray<@Nullable Handle> handles = chunks.get(chunk);
    return handles == null ? null : handles.get(place(descriptor));
  }

  /**
   * Descriptors next to each other are those of different threads at work: each lies in another
   * cache line than the next.
   */
  private static int place(int descriptor) {
    int inChunk = descriptor & CHUNK - 1;
    return (inChunk & LINES - 1) << LINE_SHIFT | inChunk >>> CHUNK_SHIFT - LINE_SHIFT;
  }

  /** Puts a handle and returns the one that was there: closed unseen. */
  @Nullable Handle put(int descriptor, Handle handle) {
    return chunk(descriptor >>> CHUNK_SHIFT).getAndSet(place(descriptor), handle);
  }

  /** Takes a handle out if it is still there. */
  boolean remove(int descriptor, Handle handle) {
    return chunk(descriptor >>> CHUNK_SHIFT).compareAndSet(place(descriptor), handle, null);
  }

  private AtomicReferenceArray<@Nullable Handle> chunk(int number) {
    AtomicReferenceArray<@Nullable Handle> chunk = chunks.get(number);
    return chunk == null ? grow(number) : chunk;
  }

  private synchronized AtomicReferenceArray<@Nullable Handle> grow(int number) {
    AtomicReferenceArray<@Nullable Handle> chunk = chunks.get(number);
    if (chunk == null) {
      chunk = new AtomicReferenceArray<>(CHUNK);
      chunks.set(number, chunk);
      usedChunks = Math.max(usedChunks, number + 1);
    }
    return chunk;
  }

  static boolean fits(int descriptor) {
    return descriptor >= 0 && descriptor < MOST_CHUNKS * CHUNK;
  }

  void forEach(Consumer<Handle> consumer) {
    for (int i = 0; i < usedChunks; i++) {
      AtomicReferenceArray<@Nullable Handle> chunk = chunks.get(i);
      for (int k = 0; chunk != null && k < CHUNK; k++) {
        Handle handle = chunk.get(k);
        if (handle != null) {
          consumer.accept(handle);
        }
      }
    }
  }
}
