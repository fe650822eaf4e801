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
    "java.util.zip.ZipFile$Source",
    "java.lang.ProcessImpl",
    "sun.nio.ch.FileChannelImpl",
    "sun.nio.fs.UnixFileSystemProvider",
    "sun.nio.fs.UnixSecureDirectoryStream",
    "sun.nio.fs.UnixDirectoryStream",
    "sun.nio.ch.NioSocketImpl",
    "sun.nio.ch.SocketChannelImpl",
    "sun.nio.ch.ServerSocketChannelImpl",
    "sun.nio.ch.SelectorImpl",
    "java.util.concurrent.ThreadPoolExecutor",
    "java.util.concurrent.ScheduledThreadPoolExecutor",
    "java.awt.Window",
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
