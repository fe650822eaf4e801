package org.quicksilver.memory.vista;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.quicksilver.memory.AccessFailedException;
import org.quicksilver.memory.DiskFullException;
import org.quicksilver.memory.LogExistsException;
import org.quicksilver.memory.LogInUseException;
import org.quicksilver.memory.LogMissingException;
import org.quicksilver.memory.RecoverableMemoryException;
import org.quicksilver.memory.SegmentMissingException;

/** Why a file cannot be used, in the words of recoverable memory. */
final class Refusals {

  private static final String FULL = "No space left on device";
  private static final String QUOTA = "Disk quota exceeded";

  private Refusals() {}

  static RecoverableMemoryException ofLog(Path log, Exception e) {
    if (e instanceof NoSuchFileException) {
      return new LogMissingException("there is no log " + log + ": make one with createLog", e);
    }
    if (e instanceof FileAlreadyExistsException) {
      return new LogExistsException(log + " is there already: open it, or choose another name", e);
    }
    return ofFile("the log " + log, e);
  }

  static RecoverableMemoryException ofSegment(Path segment, IOException e) {
    if (e instanceof NoSuchFileException) {
      return new SegmentMissingException(
          "there is no segment " + segment + ": put it back, or have it made", e);
    }
    return ofFile("the segment " + segment, e);
  }

  private static RecoverableMemoryException ofFile(String what, Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.contains(FULL) || message.contains(QUOTA)
        ? new DiskFullException("no room on the disk for " + what + ": make room", e)
        : new AccessFailedException(what + " cannot be used: " + e, e);
  }

  static LogInUseException inUse(Path file) {
    return new LogInUseException(
        file + " is in use, by this process or another: it can be open only once");
  }
}
