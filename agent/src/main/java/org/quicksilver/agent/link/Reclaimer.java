package org.quicksilver.agent.link;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.SocketImpl;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.FileLock;
import java.nio.channels.SelectableChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.quicksilver.agent.track.Handle;
import org.quicksilver.agent.track.JdkAccess;
import org.quicksilver.agent.track.NativeChannels;
import org.quicksilver.agent.track.TemporaryFile;
import org.quicksilver.handle.HandleKind;

/**
 * Closes handles of the application from outside: claim, then close. Runs on a thread of our own.
 */
final class Reclaimer {

  /** What came of it. */
  enum Result {
    /** We closed it. */
    CLOSED,
    /** It was closed already, or is being closed. */
    GONE,
    /** A thread is inside of it: try again a little later. */
    BUSY,
    /** It cannot be closed. */
    FAILED
  }

  /** One attempt. */
  record Closing(Handle handle, Result result, Moment moment, String note) {}

  private Reclaimer() {}

  /**
   * Closes handles, one after another; what goes wrong with one does not keep the next open.
   *
   * @param mayWait whether to leave plain files alone for now if some thread is inside of any
   */
  static List<Closing> reclaim(List<Handle> handles, boolean mayWait) {
    boolean filesBusy =
        mayWait && handles.stream().anyMatch(Reclaimer::isPlainFile) && InsideFiles.anyThread();
    List<Closing> closings = new ArrayList<>();
    for (Handle handle : handles) {
      closings.add(reclaim(handle, filesBusy));
    }
    return closings;
  }

  private static Closing reclaim(Handle handle, boolean filesBusy) {
    try {
      Result result = filesBusy && isPlainFile(handle) ? Result.BUSY : claimAndClose(handle);
      String note = result == Result.FAILED ? "unreachable, never closed: its object is gone" : "";
      return new Closing(handle, result, Moment.now(), note);
    } catch (IOException | RuntimeException | LinkageError e) {
      handle.unclaim();
      return new Closing(handle, Result.FAILED, Moment.now(), e.toString());
    }
  }

  private static Result claimAndClose(Handle handle) throws IOException {
    if (handle.isClosed()) {
      return Result.GONE;
    }
    if (handle.kind() == HandleKind.PROCESS) {
      return kill(handle);
    }
    Object object = handle.get();
    if (object == null) {
      // Where the collector is to blame it is reported as unreachable, with what became of it.
      return Unreachable.isLost(handle.kind()) ? Result.GONE : Result.FAILED;
    }
    if (!handle.claim()) {
      return Result.GONE;
    }
    close(object);
    return Result.CLOSED;
  }

  /** By its number: the application may have dropped its {@code Process} long ago. */
  private static Result kill(Handle handle) {
    return handle.claim()
            && ProcessHandle.of(handle.extra()).map(ProcessHandle::destroyForcibly).orElse(false)
        ? Result.CLOSED
        : Result.GONE;
  }

  /**
   * The JDK closes their descriptor even while a thread is inside, and its number may be somebody
   * else's the next moment.
   */
  private static boolean isPlainFile(Handle handle) {
    Object object = handle.get();
    return object instanceof FileInputStream
        || object instanceof FileOutputStream
        || object instanceof RandomAccessFile;
  }

  private static void close(Object object) throws IOException {
    if (object instanceof SelectableChannel channel) {
      RegisteredChannels.close(channel);
    } else if (object instanceof Closeable closeable) {
      closeable.close();
    } else if (object instanceof SocketImpl socket) {
      JdkAccess.Sockets.close(socket);
    } else if (object instanceof FileLock lock) {
      lock.release();
    } else if (object instanceof AsynchronousChannelGroup) {
      throw new IOException("a group is left to its owner: others' channels would go with it");
    } else if (object instanceof TemporaryFile file) {
      if (file.exists()) {
        Files.delete(file.path());
      }
    } else if (NativeChannels.is(object)) {
      NativeChannels.close(object);
    } else {
      WindowReclaimer.dispose(object);
    }
  }
}
