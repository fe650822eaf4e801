package org.quicksilver.agent.instrument;

import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;

/**
 * Advice on archives, locks, mapped memory, watch services, asynchronous files, the pipes of child
 * processes and tray icons. Inlined; each is one call into the bridge.
 */
final class SystemAdvice {
  private SystemAdvice() {}

  /** {@code UnixFileSystemProvider.newAsynchronousFileChannel}. */
  static final class AsyncFile {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) @Nullable Object path, @Advice.Return @Nullable Object channel) {
      QuicksilverBridge.current.asyncFileOpened(channel, path);
    }
  }

  /** {@code close()} of what may be closed again when its descriptor is somebody else's. */
  static final class CloseOnce {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(
        @Advice.This Object self, @Advice.FieldValue("fdObj") FileDescriptor descriptor) {
      return QuicksilverBridge.current.closingOwn(self, descriptor);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object closing) {
      if (closing != null) {
        QuicksilverBridge.current.closed(closing);
      }
    }
  }

  /** The constructor of {@code ZipFile$CleanableResource}: one more reads the archive. */
  static final class ArchiveUser {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) @Nullable Object file,
        @Advice.FieldValue("zsrc") @Nullable Object source) {
      QuicksilverBridge.current.archiveUsed(file, source);
    }
  }

  /** {@code ZipFile$CleanableResource.run()}: closed, or collected while open. */
  static final class ArchiveLeft {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("zsrc") @Nullable Object source) {
      QuicksilverBridge.current.archiveLeft(source);
    }
  }

  /** {@code FileChannelImpl.lock} and {@code tryLock}. */
  static final class Lock {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("fd") FileDescriptor descriptor, @Advice.Return @Nullable Object lock) {
      QuicksilverBridge.current.fileLocked(lock, descriptor);
    }
  }

  /**
   * {@code AsynchronousFileChannelImpl.addToFileLockTable}: on the way to a lock, which is got in
   * an anonymous task.
   */
  static final class AsyncLock {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("fdObj") FileDescriptor descriptor,
        @Advice.Return @Nullable Object lock) {
      QuicksilverBridge.current.fileLocked(lock, descriptor);
    }
  }

  /** {@code AsynchronousFileChannelImpl.removeFromFileLockTable}: it was not got. */
  static final class AsyncLockMissed {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) Object lock) {
      QuicksilverBridge.current.closedObject(lock);
    }
  }

  /** {@code FileChannelImpl.mapInternal}. */
  static final class Map {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("fd") FileDescriptor descriptor,
        @Advice.Argument(1) long position,
        @Advice.Argument(2) long size,
        @Advice.Return @Nullable Object unmapper) {
      QuicksilverBridge.current.mapped(unmapper, descriptor, position, size);
    }
  }

  /** The constructor of {@code LinuxWatchService}. */
  static final class WatchService {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object self, @Advice.FieldValue("poller") @Nullable Object poller) {
      QuicksilverBridge.current.watchServiceOpened(self, poller);
    }
  }

  /** The constructor of {@code UnixSecureDirectoryStream}, which knows one of the descriptors. */
  static final class SecureDirectory {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("ds") @Nullable Object stream, @Advice.FieldValue("dfd") int number) {
      QuicksilverBridge.current.directoryNumbered(stream, number);
    }
  }

  /** The constructor of {@code ProcessImpl}. */
  static final class ProcessPipes {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.Argument(0) byte @Nullable [] program,
        @Advice.FieldValue("stdin") @Nullable Object in,
        @Advice.FieldValue("stdout") @Nullable Object out,
        @Advice.FieldValue("stderr") @Nullable Object err) {
      QuicksilverBridge.current.processPipes(program, in, out, err);
    }
  }

  /** {@code TrayIcon.addNotify()}. */
  static final class TrayIcon {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self) {
      QuicksilverBridge.current.trayIconAdded(self);
    }
  }
}
