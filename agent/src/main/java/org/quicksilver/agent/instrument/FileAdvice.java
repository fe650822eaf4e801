package org.quicksilver.agent.instrument;

import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;
import org.quicksilver.agent.bridge.QuicksilverBridge;

/** Advice on {@code java.io} files. Inlined; each is one call into the bridge. */
final class FileAdvice {
  private FileAdvice() {}

  /**
   * Private {@code open} of streams and random access files: the funnel of their constructors, 17
   * to 25.
   */
  static final class Open {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.This Object self,
        @Advice.FieldValue("fd") FileDescriptor descriptor,
        @Advice.Argument(0) String path) {
      QuicksilverBridge bridge = QuicksilverBridge.current;
      boolean records = bridge.stacks && bridge.affordsStack();
      bridge.fileOpened(self, descriptor, path, records ? new Throwable() : null);
    }
  }

  /** {@code close()}, {@code implCloseChannel()}: the number is read before it is given back. */
  static final class Close {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.FieldValue("fd") FileDescriptor descriptor) {
      return QuicksilverBridge.current.closing(descriptor);
    }

    @Advice.OnMethodExit(onThrowable = Throwable.class, suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object closing) {
      if (closing != null) {
        QuicksilverBridge.current.closed(closing);
      }
    }
  }

  /** {@code tryClose()} of sockets and channels: closed only if it says so. */
  static final class TryClose {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static @Nullable Object enter(@Advice.FieldValue("fd") FileDescriptor descriptor) {
      return QuicksilverBridge.current.closing(descriptor);
    }

    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Enter @Nullable Object closing, @Advice.Return boolean closed) {
      if (closed && closing != null) {
        QuicksilverBridge.current.closed(closing);
      }
    }
  }

  /** {@code java.io.FileCleanable.performCleanup()}: the stream was collected while open. */
  static final class Collected {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("fd") int descriptor) {
      QuicksilverBridge.current.collected(descriptor);
    }
  }

  /** {@code FileChannelImpl$Closer.run()}: it is closed, or was collected while open. */
  static final class ChannelCollected {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("fd") FileDescriptor descriptor) {
      QuicksilverBridge.current.channelCollected(descriptor);
    }
  }

  /**
   * {@code newFileChannel} of the default file system's provider: behind {@code FileChannel.open},
   * 17 to 25. The constructor of {@code FileChannelImpl} would be a single place for this and the
   * next, but four frames further down, and each frame of a recorded stack costs.
   */
  static final class Channel {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return @Nullable Object channel) {
      QuicksilverBridge bridge = QuicksilverBridge.current;
      boolean records = bridge.stacks && bridge.affordsStack();
      bridge.channelOpened(channel, records ? new Throwable() : null);
    }
  }

  /** {@code newByteChannel} of secure directory streams: a name in that directory. */
  static final class SecureByteChannel {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(
        @Advice.FieldValue("ds") @Nullable Object stream,
        @Advice.Argument(0) @Nullable Object path,
        @Advice.Return @Nullable Object channel) {
      QuicksilverBridge.current.channelOpenedIn(stream, path, channel);
    }
  }

  /**
   * {@code newByteChannel} of the provider: behind all of {@code Files}. Calls the former in some
   * versions of the JDK.
   */
  static final class ByteChannel {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return @Nullable Object channel) {
      QuicksilverBridge.current.byteChannelOpened(channel);
    }
  }

  /**
   * Reads and writes of channels and random access files: is the file shared between transactions?
   */
  static final class Use {
    @Advice.OnMethodEnter(suppress = Throwable.class)
    static void enter(@Advice.FieldValue("fd") FileDescriptor descriptor) {
      QuicksilverBridge.current.fileUsed(descriptor);
    }
  }

  /** {@code UnixDirectoryStream.<init>}: under every directory stream, list and walk. */
  static final class Directory {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self, @Advice.FieldValue("dir") @Nullable Object path) {
      QuicksilverBridge.current.directoryOpened(self, path);
    }
  }

  /** {@code UnixDirectoryStream.closeImpl()}: true the first time. */
  static final class DirectoryClose {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.This Object self, @Advice.Return boolean closed) {
      if (closed) {
        QuicksilverBridge.current.closedObject(self);
      }
    }
  }

  /** Static makers of temporary files and directories. */
  static final class Temporary {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Return @Nullable Object path) {
      QuicksilverBridge.current.temporaryFile(path);
    }
  }

  /**
   * {@code UnixFileSystem.delete(File)}, {@code UnixFileSystemProvider.implDelete(Path, boolean)}:
   * behind {@code File.delete} and {@code Files.delete}; true if something was.
   */
  static final class Deleted {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) @Nullable Object path, @Advice.Return boolean deleted) {
      if (deleted) {
        QuicksilverBridge.current.fileDeleted(path);
      }
    }
  }

  /**
   * {@code DeleteOnExitHook.add(String)}: to be deleted when the process leaves in order, hence
   * temporary.
   */
  static final class DeleteOnExit {
    @Advice.OnMethodExit(suppress = Throwable.class)
    static void exit(@Advice.Argument(0) @Nullable String path) {
      QuicksilverBridge.current.temporaryFile(path);
    }
  }
}
