package org.quicksilver.memory.lrvm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.NotMappedException;
import org.quicksilver.memory.OutOfRegionException;
import org.quicksilver.memory.PreparedTransaction;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.RestoreModeException;
import org.quicksilver.memory.TransactionEndedException;
import org.quicksilver.memory.storage.WideBuffer;

/** A transaction, and the content of the record it is going to be. */
final class LrvmTransaction implements MemoryTransaction, RecordContent {

  private enum State {
    /** May declare. */
    OPEN,
    /** Waits for its outcome as a {@link LrvmPrepared}. */
    PREPARED,
    /** Was committed, aborted or given up. */
    ENDED
  }

  private final Lrvm memory;
  private final long id;
  private final RestoreMode mode;
  private final List<DeclaredRanges> parts = new ArrayList<>(2);
  private @Nullable DeclaredRanges last;
  private State state = State.OPEN;
  private long declared;

  LrvmTransaction(Lrvm memory, long id, RestoreMode mode) {
    this.memory = memory;
    this.id = id;
    this.mode = mode;
  }

  @Override
  public long id() {
    return id;
  }

  @Override
  public void setRange(Region region, long offset, long length) {
    checkOpen();
    if (offset < 0 || length < 0 || offset > region.length() - length) {
      throw new OutOfRegionException(
          "offset %d, length %d do not lie in %s: declare what lies in one region, region by region"
              .formatted(offset, length, region));
    }
    WideBuffer bytes = own(region).memory();
    if (length > 0) {
      part(own(region)).add(bytes, offset, offset + length);
      declared += length;
    }
  }

  private LrvmRegion own(Region region) {
    if (region instanceof LrvmRegion own && own.owner() == memory) {
      return own;
    }
    throw new NotMappedException(region + " is one of another memory: use it there");
  }

  private DeclaredRanges part(LrvmRegion region) {
    DeclaredRanges known = last;
    if (known == null || known.region() != region) {
      known = find(region);
      last = known;
    }
    return known;
  }

  private DeclaredRanges find(LrvmRegion region) {
    for (DeclaredRanges part : parts) {
      if (part.region() == region) {
        return part;
      }
    }
    region.enter(id);
    DeclaredRanges part = new DeclaredRanges(region, mode == RestoreMode.RESTORE);
    parts.add(part);
    return part;
  }

  @Override
  public void endTransaction(CommitMode commitMode) {
    checkOpen();
    long end = memory.log().commit(this, commitMode);
    leave(State.ENDED);
    memory.log().await(end, commitMode);
  }

  @Override
  public void abortTransaction() {
    checkOpen();
    memory.health().check();
    checkRestore("aborted");
    abort();
    memory.counters().aborted.increment();
  }

  /** Old values back; also for a prepared one. */
  void abort() {
    parts.forEach(DeclaredRanges::restore);
    leave(State.ENDED);
  }

  @Override
  public PreparedTransaction prepare(byte[] name) {
    checkOpen();
    checkRestore("prepared");
    if (name.length > PreparedTransaction.LONGEST_NAME) {
      throw new IllegalArgumentException(
          "a name of %d bytes: at most %d"
              .formatted(name.length, PreparedTransaction.LONGEST_NAME));
    }
    LrvmPrepared prepared = memory.log().prepared().prepare(this, name.clone());
    state = State.PREPARED;
    memory.log().await(prepared.end(), CommitMode.FLUSH);
    return prepared;
  }

  /** It is decided, or has ended. */
  void ended() {
    leave(State.ENDED);
  }

  private void leave(State now) {
    state = now;
    for (DeclaredRanges part : parts) {
      part.region().leave(id);
    }
  }

  private void checkOpen() {
    switch (state) {
      case OPEN -> {}
      case PREPARED ->
          throw new TransactionEndedException(
              "transaction "
                  + id
                  + " is prepared: commit or abort what prepare returned, and begin another one");
      case ENDED ->
          throw new TransactionEndedException(
              "transaction " + id + " has ended: begin another one");
    }
  }

  private void checkRestore(String what) {
    if (mode == RestoreMode.NO_RESTORE) {
      throw new RestoreModeException(
          "transaction "
              + id
              + " was begun with NO_RESTORE and cannot be "
              + what
              + ": it has no old values; end it, or begin with RESTORE");
    }
  }

  @Override
  public void close() {
    if (memory.health().isClosed()) {
      state = State.ENDED;
    }
    if (state == State.OPEN) {
      if (mode == RestoreMode.NO_RESTORE && !parts.isEmpty()) {
        leave(State.ENDED);
        checkRestore("aborted, as closing it does");
      }
      abort();
      memory.counters().aborted.increment();
    }
  }

  List<DeclaredRanges> parts() {
    return parts;
  }

  long declared() {
    return declared;
  }

  @Override
  public int ranges() {
    int ranges = 0;
    for (DeclaredRanges part : parts) {
      ranges += part.count();
    }
    return ranges;
  }

  @Override
  public long size() {
    long size = 0;
    for (DeclaredRanges part : parts) {
      size += part.size();
    }
    return size;
  }

  @Override
  public void writeTo(Sink sink) {
    for (DeclaredRanges part : parts) {
      part.writeTo(sink);
    }
  }

  @Override
  public String toString() {
    return "transaction " + id;
  }
}
