package org.quicksilver.memory.lrvm;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;
import org.quicksilver.memory.LogDamagedException;
import org.quicksilver.memory.LogMissingException;
import org.quicksilver.memory.RecoverableMemoryException;
import org.quicksilver.memory.storage.StorageFile;

/**
 * The two header blocks of a log. What a header says is written to one of them and forced, then to
 * the other and forced, and only then relied upon. So either may be torn or damaged: the other says
 * the same, or what was true before and still is.
 */
final class HeaderBlocks {

  private HeaderBlocks() {}

  /** Where the block of a header lies. */
  static long place(LogHeader header) {
    return (header.sequence() & 1) * LogFormat.HEADER_BLOCK;
  }

  /** The newer of those that check. */
  static LogHeader read(StorageFile file) throws IOException {
    if (file.size() < LogFormat.DATA) {
      throw tooShort(file);
    }
    ByteBuffer even = block(file, 0);
    ByteBuffer odd = block(file, LogFormat.HEADER_BLOCK);
    LogHeader newest =
        newer(LogHeader.decode(even, file.path()), LogHeader.decode(odd, file.path()));
    if (newest == null) {
      if (even.getLong(0) != LogFormat.MAGIC && odd.getLong(0) != LogFormat.MAGIC) {
        throw none(file);
      }
      throw damaged(file, "neither of its header blocks is whole");
    }
    if (file.size() < LogFormat.DATA + newest.capacity()) {
      throw damaged(
          file,
          "it ends at %d, not at %d".formatted(file.size(), LogFormat.DATA + newest.capacity()));
    }
    return newest;
  }

  /** One that was cut off begins as a log does. */
  private static RecoverableMemoryException tooShort(StorageFile file) throws IOException {
    ByteBuffer beginning = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    if (file.size() >= Long.BYTES) {
      file.read(beginning, 0);
    }
    return beginning.getLong(0) == LogFormat.MAGIC
        ? damaged(file, "it ends before its header blocks do")
        : none(file);
  }

  private static LogMissingException none(StorageFile file) {
    return new LogMissingException(
        "%s is no log, or its creation was not finished: name another file, or delete it and create it"
            .formatted(file.path()),
        null);
  }

  private static ByteBuffer block(StorageFile file, long at) throws IOException {
    ByteBuffer block = ByteBuffer.allocate(LogFormat.HEADER_BLOCK);
    file.read(block, at);
    return block.flip().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static @Nullable LogHeader newer(@Nullable LogHeader one, @Nullable LogHeader other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.sequence() > other.sequence() ? one : other;
  }

  /** Writes it to one block and then to the other; forces each. */
  static LogHeader write(StorageFile file, LogHeader header) throws IOException {
    LogHeader now = header;
    for (int i = 0; i < 2; i++) {
      now = now.next();
      file.write(now.encode(), place(now));
      file.force();
    }
    return now;
  }

  static LogDamagedException damaged(StorageFile file, String how) {
    return new LogDamagedException(
        "log %s is damaged: %s. Nothing was changed; put back a copy of the log and of its segments of one time"
            .formatted(file.path(), how),
        null);
  }
}
