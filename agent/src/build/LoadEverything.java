/**
 * Run at build time with the agent attached: loads every class that is intercepted, so that the
 * cache of transformed classes that comes with the jar holds them. Prints the VM's version.
 */
final class LoadEverything {

  private static final String[] CLASSES = {
    "java.io.FileInputStream",
    "java.io.FileOutputStream",
    "java.io.RandomAccessFile",
    "java.io.FileCleanable",
    "java.io.File",
    "java.io.DeleteOnExitHook",
    "java.nio.file.TempFileHelper",
    "java.util.zip.ZipFile$CleanableResource",
    "java.lang.ProcessImpl",
    "sun.nio.ch.FileChannelImpl",
    "sun.nio.ch.FileChannelImpl$Closer",
    "sun.nio.fs.UnixFileSystemProvider",
    "sun.nio.fs.UnixSecureDirectoryStream",
    "sun.nio.fs.UnixDirectoryStream",
    "sun.nio.ch.NioSocketImpl",
    "sun.nio.ch.Net",
    "sun.nio.ch.SocketChannelImpl",
    "sun.nio.ch.ServerSocketChannelImpl",
    "sun.nio.ch.SelectorImpl",
    "java.util.concurrent.ThreadPoolExecutor",
    "java.util.concurrent.ScheduledThreadPoolExecutor",
    "java.util.concurrent.ThreadPoolExecutor$Worker",
    "java.util.concurrent.LinkedBlockingQueue",
    "java.util.concurrent.ArrayBlockingQueue",
    "java.util.concurrent.LinkedBlockingDeque",
    "java.util.concurrent.PriorityBlockingQueue",
    "java.util.concurrent.DelayQueue",
    "java.util.concurrent.ForkJoinPool$WorkQueue",
    "java.util.concurrent.ForkJoinTask",
    "java.util.concurrent.DelayScheduler",
    "java.util.concurrent.CompletableFuture$UniCompletion",
    "java.util.concurrent.CompletableFuture$UniApply",
    "java.util.concurrent.CompletableFuture$UniAccept",
    "java.util.concurrent.CompletableFuture$UniRun",
    "java.util.concurrent.CompletableFuture$UniWhenComplete",
    "java.util.concurrent.CompletableFuture$UniHandle",
    "java.util.concurrent.CompletableFuture$UniExceptionally",
    "java.util.concurrent.CompletableFuture$UniComposeExceptionally",
    "java.util.concurrent.CompletableFuture$UniRelay",
    "java.util.concurrent.CompletableFuture$UniCompose",
    "java.util.concurrent.CompletableFuture$BiApply",
    "java.util.concurrent.CompletableFuture$BiAccept",
    "java.util.concurrent.CompletableFuture$BiRun",
    "java.util.concurrent.CompletableFuture$BiRelay",
    "java.util.concurrent.CompletableFuture$OrApply",
    "java.util.concurrent.CompletableFuture$OrAccept",
    "java.util.concurrent.CompletableFuture$OrRun",
    "java.util.Timer",
    "java.util.TaskQueue",
    "sun.nio.ch.UnixAsynchronousSocketChannelImpl",
    "sun.nio.ch.UnixAsynchronousServerSocketChannelImpl",
    "sun.nio.ch.AsynchronousChannelGroupImpl",
    "sun.nio.ch.SimpleAsynchronousFileChannelImpl",
    "sun.nio.ch.AsynchronousFileChannelImpl",
    "sun.nio.ch.FileLockImpl",
    "sun.nio.ch.FileChannelImpl$Unmapper",
    "sun.nio.fs.LinuxWatchService",
    "java.net.AbstractPlainSocketImpl",
    "java.net.PlainSocketImpl",
    "java.net.SocketInputStream",
    "sun.nio.ch.UnixDispatcher",
    "sun.nio.ch.EPollPoller",
    "sun.nio.ch.AsynchronousServerSocketChannelImpl",
    "sun.nio.ch.EPollPort",
    "sun.nio.ch.LinuxAsynchronousChannelProvider",
    "sun.nio.ch.DatagramChannelImpl",
    "sun.nio.ch.SourceChannelImpl",
    "sun.nio.ch.SinkChannelImpl",
    "sun.nio.ch.EPollSelectorImpl",
    "java.awt.Window",
    "java.awt.TrayIcon",
    "java.awt.event.InvocationEvent"
  };

  private LoadEverything() {}

  public static void main(String[] arguments) throws InterruptedException {
    for (String name : CLASSES) {
      try {
        Class.forName(name, false, null);
      } catch (ClassNotFoundException e) {
        // Not on this system: a JDK without a desktop, or not Linux.
      }
    }
    System.out.println(System.getProperty("java.vm.version"));
  }
}
