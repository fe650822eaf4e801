package org.quicksilver.memory.vista;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.quicksilver.memory.MachineDiedException;
import org.quicksilver.memory.storage.FileAccess;
import org.quicksilver.memory.storage.StorageFile;
import org.quicksilver.memory.storage.WideBuffer;

/**
 * An undo log that this process has open, after recovery: everything that was neither committed nor
 * prepared when its process died is undone.
 *
 * <p>Recovery looks at everything before it changes anything. Then it copies old bytes back, newest
 * first, one transaction after the other, and clears each one's slot by one store: a kill at any
 * step leaves a log on which it can be done again.
 */
final class OpenedLog implements Closeable {

  /**
   * In which surroundings a log is opened.
   *
   * @param files where files are
   * @param here this run of the machine
   * @param steps for crash tests
   */
  record Surroundings(FileAccess files, BootId here, Steps steps) {}

  private final StorageFile file;
  private final WideBuffer memory;
  private final ByteBuffer log;
  private final OpenSegments segments;
  private final UndoLog undo;
  private final List<UndoChain> found;
  private final Steps steps;
  private LogHeader header;

  private OpenedLog(StorageFile file, LogHeader before, WideBuffer memory, Surroundings in)
      throws IOException {
    this.file = file;
    this.memory = memory;
    this.log = memory.view(0, (int) before.length());
    this.steps = in.steps();
    this.segments = new OpenSegments(in.files(), new SegmentTable(log, file.path()), steps);
    this.found =
        before.survives(in.here())
            ? UndoChain.all(log, file.path())
            : UndoChain.whole(log, file.path());
    this.header = before.opened(ProcessHandle.current().pid(), in.here(), Instant.now());
    this.undo = new UndoLog(log, prepared(), segments, steps);
    try {
      segments.openAllOf(found, file.path());
      recover();
    } catch (IOException | RuntimeException | Error e) {
      segments.closeAll();
      throw e;
    }
  }

  /** Says on the disk that it is open before anything is stored: the kernel writes as it likes. */
  private void recover() throws IOException {
    header.store(log, steps);
    memory.force();
    undo.recover(found);
    segments.keepOnly(prepared());
  }

  /**
   * Opens a log and recovers what it is about.
   *
   * @throws org.quicksilver.memory.RecoverableMemoryException see {@link Vista#initialize}; nothing
   *     was changed then
   */
  static OpenedLog open(VistaOptions options, Surroundings in) throws IOException {
    Path path = options.log();
    StorageFile file = in.files().open(path, true);
    try {
      if (!file.tryLock()) {
        throw Refusals.inUse(path);
      }
      LogHeader header = LogHeader.of(file);
      if (!header.survives(in.here()) && options.afterMachineDied() == AfterMachineDied.REFUSE) {
        throw new MachineDiedException(
            path
                + " was open, since "
                + header.opened()
                + ", when the machine died: what its file cache held is lost. Restore the log and"
                + " its segments from a copy, or accept what the disk has of them");
      }
      return new OpenedLog(file, header, file.map(MapMode.READ_WRITE, 0, header.length()), in);
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  /** What had not ended when it was opened. */
  List<UndoChain> found() {
    return found;
  }

  /** What is still undecided of that. */
  List<UndoChain> prepared() {
    return found.stream().filter(UndoChain::isPrepared).toList();
  }

  UndoLog undo() {
    return undo;
  }

  OpenSegments segments() {
    return segments;
  }

  LogHeader header() {
    return header;
  }

  Path path() {
    return file.path();
  }

  /** Writes everything back to the disk, in no particular order; blocks. */
  void force() {
    segments.force();
    memory.force();
  }

  /**
   * Closes it in order: everything is on the disk, then it is said to be closed. If that fails it
   * is closed as if its process had died.
   */
  @Override
  public void close() throws IOException {
    try {
      force();
      header = header.closed();
      header.store(log, steps);
      memory.force();
    } finally {
      try (file) {
        segments.closeAll();
      }
    }
  }
}
