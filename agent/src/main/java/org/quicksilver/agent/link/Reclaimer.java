package org.quicksilver.agent.link;

import java.io.Closeable;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.SocketImpl;
import java.nio.channels.SelectableChannel;
import java.nio.file.Files;
import org.quicksilver.agent.track.Handle;
import org.quicksilver.agent.track.JdkAccess;
import org.quicksilver.agent.track.TemporaryFile;
import org.quicksilver.handle.HandleKind;

/** Closes handles of the application from outside: claim, then close. Runs on our own threads. */
final class Reclaimer {

  /** What came of it. */
  enum Result {
    /** We closed it. */
    CLOSED,
    /** It was closed already, or is being closed. */
    GONE,
    /** A thread is inside of it: try again a little later. */
    BUSY,
    /**
     * The application has dropped the object; its descriptor stays open and nobody can close it.
     */
    UNREACHABLE
  }

  private Reclaimer() {}

  /**
   * Closes a handle.
   *
   * @param mayWait whether to leave a file alone for now if some thread is inside of any
   * @throws IOException if closing failed; the handle may be tried again
   */
  static Result reclaim(Handle handle, boolean mayWait) throws IOException {
    Object object = handle.get();
    if (handle.isClosed()) {
      return Result.GONE;
    }
    if (handle.kind() == HandleKind.PROCESS) {
      return kill(handle);
    }
    if (object == null) {
      return Result.UNREACHABLE;
    }
    if (mayWait && isPlainFile(object) && InsideFiles.anyThread()) {
      return Result.BUSY;
    }
    if (!handle.claim()) {
      return Result.GONE;
    }
    try {
      close(object);
      return Result.CLOSED;
    } catch (IOException | RuntimeException | Error e) {
      handle.unclaim();
      throw e;
    }
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
  private static boolean isPlainFile(Object object) {
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
    } else if (object instanceof TemporaryFile file) {
      if (file.exists()) {
        Files.delete(file.path());
      }
    } else {
      WindowReclaimer.dispose(object);
    }
  }
}
