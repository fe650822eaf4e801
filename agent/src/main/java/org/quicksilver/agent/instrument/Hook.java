package org.quicksilver.agent.instrument;

import java.util.List;

/**
 * One place to intercept.
 *
 * @param family the name by which users switch it off
 * @param type internal name of the class
 * @param methods names of the methods; {@code <init>} for constructors, {@code <clinit>} for what
 *     is done once when the class is first used
 * @param arity number of parameters, or -1 for any
 * @param advice simple names of outer and inner class of the advice
 */
record Hook(String family, String type, List<String> methods, int arity, String advice) {

  /** Any arity. */
  static final int ANY = -1;

  /**
   * The hooks that most programs meet; see {@link SystemHooks}. Matched by name and role, not by
   * descriptor, which changes between JDKs; all fields that the advice reads exist under these
   * names on 17, 21 and 25.
   */
  static final List<Hook> ALL =
      List.of(
          hook("file", "java/io/FileInputStream", "open", 1, "FileAdvice$Open"),
          hook("file", "java/io/FileInputStream", "close", 0, "FileAdvice$Close"),
          hook("file", "java/io/FileOutputStream", "open", 2, "FileAdvice$Open"),
          hook("file", "java/io/FileOutputStream", "close", 0, "FileAdvice$Close"),
          hook("file", "java/io/RandomAccessFile", "open", 2, "FileAdvice$Open"),
          hook("file", "java/io/RandomAccessFile", "close", 0, "FileAdvice$Close"),
          hook("file", "java/io/RandomAccessFile", "seek", 1, "FileAdvice$Use"),
          hook("file", "java/io/FileCleanable", "performCleanup", 0, "FileAdvice$Collected"),
          hook(
              "channel",
              "sun/nio/fs/UnixFileSystemProvider",
              "newFileChannel",
              3,
              "FileAdvice$Channel"),
          hook(
              "channel",
              "sun/nio/fs/UnixFileSystemProvider",
              "newByteChannel",
              3,
              "FileAdvice$ByteChannel"),
          hook(
              "channel",
              "sun/nio/fs/UnixSecureDirectoryStream",
              "newByteChannel",
              3,
              "FileAdvice$SecureByteChannel"),
          hook(
              "channel",
              "sun/nio/ch/FileChannelImpl$Closer",
              "run",
              0,
              "FileAdvice$ChannelCollected"),
          hook("channel", "sun/nio/ch/FileChannelImpl", "implCloseChannel", 0, "FileAdvice$Close"),
          new Hook(
              "channel",
              "sun/nio/ch/FileChannelImpl",
              List.of("read", "write"),
              ANY,
              "FileAdvice$Use"),
          hook("directory", "sun/nio/fs/UnixDirectoryStream", "<init>", 3, "FileAdvice$Directory"),
          hook(
              "directory",
              "sun/nio/fs/UnixDirectoryStream",
              "closeImpl",
              0,
              "FileAdvice$DirectoryClose"),
          hook("socket", "sun/nio/ch/NioSocketImpl", "create", 1, "SocketAdvice$Create"),
          hook("socket", "sun/nio/ch/NioSocketImpl", "connect", 2, "SocketAdvice$Connect"),
          hook("socket", "sun/nio/ch/Net", "localAddress", 1, "SocketAdvice$Located"),
          hook("socket", "sun/nio/ch/NioSocketImpl", "listen", 1, "SocketAdvice$Listen"),
          hook("socket", "sun/nio/ch/NioSocketImpl", "accept", 1, "SocketAdvice$Accept"),
          hook("socket", "sun/nio/ch/NioSocketImpl", "read", 3, "SocketAdvice$Read"),
          hook("socket", "sun/nio/ch/NioSocketImpl", "tryClose", 0, "FileAdvice$TryClose"),
          hook("socket", "sun/nio/ch/SocketChannelImpl", "<init>", ANY, "SocketAdvice$Channel"),
          hook(
              "socket",
              "sun/nio/ch/SocketChannelImpl",
              "beginConnect",
              2,
              "SocketAdvice$ChannelConnect"),
          new Hook(
              "socket",
              "sun/nio/ch/SocketChannelImpl",
              List.of("endConnect", "endFinishConnect"),
              2,
              "SocketAdvice$ChannelConnected"),
          hook("socket", "sun/nio/ch/NioSocketImpl", "implWrite", 3, "SocketAdvice$Write"),
          hook("socket", "sun/nio/ch/SocketChannelImpl", "read", 1, "SocketAdvice$Read"),
          hook("socket", "sun/nio/ch/SocketChannelImpl", "blockingRead", ANY, "SocketAdvice$Read"),
          hook("socket", "sun/nio/ch/SocketChannelImpl", "read", 3, "SocketAdvice$ReadMany"),
          hook("socket", "sun/nio/ch/SocketChannelImpl", "write", 1, "SocketAdvice$Write"),
          hook("socket", "sun/nio/ch/SocketChannelImpl", "write", 3, "SocketAdvice$WriteMany"),
          hook(
              "socket",
              "sun/nio/ch/SocketChannelImpl",
              "blockingWriteFully",
              3,
              "SocketAdvice$WriteFully"),
          hook("socket", "sun/nio/ch/SocketChannelImpl", "tryClose", 0, "FileAdvice$TryClose"),
          new Hook(
              "socket",
              "sun/nio/ch/ServerSocketChannelImpl",
              List.of("<init>", "bind"),
              ANY,
              "SocketAdvice$Listener"),
          new Hook(
              "socket",
              "sun/nio/ch/ServerSocketChannelImpl",
              List.of("accept", "blockingAccept"),
              ANY,
              "SocketAdvice$Wait"),
          hook(
              "socket", "sun/nio/ch/ServerSocketChannelImpl", "tryClose", 0, "FileAdvice$TryClose"),
          hook("socket", "sun/nio/ch/SelectorImpl", "lockAndDoSelect", 2, "SocketAdvice$Select"),
          hook("window", "java/awt/Window", "addNotify", 0, "TaskAdvice$WindowOpen"),
          hook("window", "java/awt/Window", "removeNotify", 0, "TaskAdvice$WindowClose"),
          hook("process", "java/lang/ProcessImpl", "<init>", ANY, "TaskAdvice$Start"),
          hook("temp-file", "java/io/File", "createTempFile", 3, "FileAdvice$Temporary"),
          hook("temp-file", "java/nio/file/TempFileHelper", "create", 5, "FileAdvice$Temporary"),
          hook("temp-file", "java/io/UnixFileSystem", "delete", 1, "FileAdvice$Deleted"),
          hook(
              "temp-file",
              "sun/nio/fs/UnixFileSystemProvider",
              "implDelete",
              2,
              "FileAdvice$Deleted"),
          hook("temp-file", "java/io/DeleteOnExitHook", "add", 1, "FileAdvice$DeleteOnExit"));

  /** One on methods of a single name. */
  static Hook hook(String family, String type, String method, int arity, String advice) {
    return new Hook(family, type, List.of(method), arity, advice);
  }
}
