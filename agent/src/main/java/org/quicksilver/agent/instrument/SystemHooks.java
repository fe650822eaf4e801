package org.quicksilver.agent.instrument;

import static org.quicksilver.agent.instrument.Hook.hook;

import java.util.List;
import java.util.Set;

/**
 * The hooks for what a program uses more rarely than files, sockets and threads: nearly all on
 * classes that are loaded only then.
 */
final class SystemHooks {

  /** Not on every JDK: the sockets of old were gone after 17, the others came later. */
  static final Set<String> NOT_EVERYWHERE =
      Set.of(
          "java/net/AbstractPlainDatagramSocketImpl",
          "java/net/AbstractPlainSocketImpl",
          "java/net/PlainSocketImpl",
          "java/net/SocketInputStream",
          "java/util/concurrent/DelayScheduler",
          "sun/nio/ch/EPollPoller",
          "sun/nio/ch/UnixDispatcher");

  private static final String PROVIDER = "sun/nio/fs/UnixFileSystemProvider";
  private static final String ASYNC_FILE = "sun/nio/ch/AsynchronousFileChannelImpl";
  private static final String CHANNEL = "sun/nio/ch/FileChannelImpl";
  private static final String PLAIN = "java/net/AbstractPlainSocketImpl";
  private static final String PLAIN_DATAGRAM = "java/net/AbstractPlainDatagramSocketImpl";
  private static final String ASYNC = "sun/nio/ch/UnixAsynchronousSocketChannelImpl";
  private static final String ASYNC_SERVER = "sun/nio/ch/UnixAsynchronousServerSocketChannelImpl";
  private static final String DATAGRAM = "sun/nio/ch/DatagramChannelImpl";
  private static final String ZIP = "java/util/zip/ZipFile$CleanableResource";

  static final List<Hook> ALL =
      List.of(
          hook("channel", PROVIDER, "newAsynchronousFileChannel", 4, "SystemAdvice$AsyncFile"),
          hook(
              "channel",
              "sun/nio/ch/SimpleAsynchronousFileChannelImpl",
              "close",
              0,
              "SystemAdvice$CloseOnce"),
          hook(
              "directory",
              "sun/nio/fs/UnixSecureDirectoryStream",
              "<init>",
              4,
              "SystemAdvice$SecureDirectory"),
          hook("archive", ZIP, "<init>", 4, "SystemAdvice$ArchiveUser"),
          hook("archive", ZIP, "run", 0, "SystemAdvice$ArchiveLeft"),
          new Hook("lock", CHANNEL, List.of("lock", "tryLock"), 3, "SystemAdvice$Lock"),
          hook("lock", ASYNC_FILE, "addToFileLockTable", 3, "SystemAdvice$AsyncLock"),
          hook("lock", ASYNC_FILE, "removeFromFileLockTable", 1, "SystemAdvice$AsyncLockMissed"),
          hook("lock", "sun/nio/ch/FileLockImpl", "invalidate", 0, "NetworkAdvice$Gone"),
          hook("mapping", CHANNEL, "mapInternal", 5, "SystemAdvice$Map"),
          hook("mapping", CHANNEL + "$Unmapper", "unmap", 0, "NetworkAdvice$Gone"),
          hook(
              "watch-service",
              "sun/nio/fs/LinuxWatchService",
              "<init>",
              1,
              "SystemAdvice$WatchService"),
          hook(
              "watch-service",
              "sun/nio/fs/LinuxWatchService",
              "implClose",
              0,
              "NetworkAdvice$Gone"),
          hook("socket", "sun/nio/ch/NioSocketImpl", "bind", 2, "NetworkAdvice$Bound"),
          hook("socket", "sun/nio/ch/SocketChannelImpl", "bind", 1, "NetworkAdvice$Endpoints"),
          hook("socket", PLAIN, "create", 1, "NetworkAdvice$PlainCreate"),
          hook("socket", PLAIN, "bind", 2, "NetworkAdvice$Bound"),
          hook("socket", PLAIN, "doConnect", 3, "SocketAdvice$Connect"),
          hook("socket", PLAIN, "listen", 1, "SocketAdvice$Listen"),
          hook("socket", PLAIN, "accept", 1, "SocketAdvice$Accept"),
          hook("socket", PLAIN, "socketClose", 0, "FileAdvice$Close"),
          hook("socket", "java/net/SocketInputStream", "read", 4, "NetworkAdvice$PlainRead"),
          hook("socket", "java/net/PlainSocketImpl", "<clinit>", 0, "NetworkAdvice$Prepared"),
          hook("socket", "sun/nio/ch/UnixDispatcher", "<clinit>", 0, "NetworkAdvice$Prepared"),
          hook("socket", "sun/nio/ch/EPollPoller", "<init>", Hook.ANY, "NetworkAdvice$Poller"),
          hook("async-socket", ASYNC, "<init>", Hook.ANY, "SocketAdvice$Channel"),
          hook("async-socket", ASYNC, "implConnect", 3, "SocketAdvice$ChannelConnect"),
          hook("async-socket", ASYNC, "setConnected", 0, "NetworkAdvice$AsyncConnected"),
          hook("async-socket", ASYNC, "implClose", 0, "FileAdvice$Close"),
          hook("async-socket", ASYNC_SERVER, "<init>", 1, "SocketAdvice$Listener"),
          hook("async-socket", ASYNC_SERVER, "implClose", 0, "FileAdvice$Close"),
          hook(
              "async-socket",
              "sun/nio/ch/AsynchronousServerSocketChannelImpl",
              "bind",
              2,
              "SocketAdvice$Listener"),
          hook("async-socket", "sun/nio/ch/EPollPort", "<init>", 2, "NetworkAdvice$Group"),
          hook("async-socket", "sun/nio/ch/EPollPort", "implClose", 0, "NetworkAdvice$Gone"),
          hook(
              "async-socket",
              "sun/nio/ch/LinuxAsynchronousChannelProvider",
              "defaultEventPort",
              0,
              "NetworkAdvice$DefaultGroup"),
          hook("datagram", DATAGRAM, "<init>", Hook.ANY, "NetworkAdvice$Datagram"),
          new Hook(
              "datagram",
              DATAGRAM,
              List.of("bindInternal", "connect", "disconnect"),
              Hook.ANY,
              "NetworkAdvice$Endpoints"),
          hook("datagram", DATAGRAM, "tryClose", 0, "FileAdvice$TryClose"),
          hook("datagram", PLAIN_DATAGRAM, "create", 0, "NetworkAdvice$Datagram"),
          hook("datagram", PLAIN_DATAGRAM, "close", 0, "FileAdvice$Close"),
          hook("pipe", "sun/nio/ch/SourceChannelImpl", "<init>", 2, "NetworkAdvice$PipeEnd"),
          hook("pipe", "sun/nio/ch/SourceChannelImpl", "tryClose", 0, "FileAdvice$TryClose"),
          hook("pipe", "sun/nio/ch/SinkChannelImpl", "<init>", 2, "NetworkAdvice$PipeEnd"),
          hook("pipe", "sun/nio/ch/SinkChannelImpl", "tryClose", 0, "FileAdvice$TryClose"),
          hook("selector", "sun/nio/ch/EPollSelectorImpl", "<init>", 1, "NetworkAdvice$Selector"),
          hook("selector", "sun/nio/ch/EPollSelectorImpl", "implClose", 0, "NetworkAdvice$Gone"),
          hook("process", "java/lang/ProcessImpl", "<init>", Hook.ANY, "SystemAdvice$ProcessPipes"),
          hook("window", "java/awt/TrayIcon", "addNotify", 0, "SystemAdvice$TrayIcon"),
          hook("window", "java/awt/TrayIcon", "removeNotify", 0, "NetworkAdvice$Gone"));

  private SystemHooks() {}
}
