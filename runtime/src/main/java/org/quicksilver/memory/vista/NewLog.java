package org.quicksilver.memory.vista;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

/**
 * Makes undo logs: under another name first, so that under its own a log is whole or not there,
 * whenever the process dies.
 */
final class NewLog {

  private static final int ZEROS = 1 << 18;

  private NewLog() {}

  static void create(Path log, long length, Set<PosixFilePermission> mode) {
    if (length < VistaFormat.SHORTEST_LOG || length > VistaFormat.LONGEST_LOG) {
      throw new IllegalArgumentException(
          "an undo log of "
              + length
              + " bytes; it may have "
              + VistaFormat.SHORTEST_LOG
              + " to "
              + VistaFormat.LONGEST_LOG);
    }
    try {
      Uninterrupted.run(() -> made(log, length, PosixFilePermissions.asFileAttribute(mode)));
    } catch (IOException e) {
      throw Refusals.ofLog(log, e);
    }
  }

  private static Path made(Path log, long length, FileAttribute<?> mode) throws IOException {
    if (Files.exists(log)) {
      throw new FileAlreadyExistsException(log.toString());
    }
    Path draft = log.resolveSibling(log.getFileName() + ".new");
    Files.deleteIfExists(draft);
    try {
      fill(draft, length, mode);
      return Files.createLink(log, draft);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  private static void fill(Path draft, long length, FileAttribute<?> mode) throws IOException {
    Set<StandardOpenOption> options =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    try (FileChannel channel = FileChannel.open(draft, options, mode)) {
      ByteBuffer header = LogHeader.fresh(length, Instant.now()).bytes();
      ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
      for (long at = 0; at < length; ) {
        ByteBuffer part = header.hasRemaining() ? header : zeros.clear();
        part.limit((int) Math.min(part.limit(), part.position() + length - at));
        at += channel.write(part, at);
      }
      channel.force(true);
    }
  }
}
