package org.quicksilver.it.subject;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.lang.ref.Reference;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.logging.FileHandler;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Ways to open archives, locks, mapped memory, watch services, processes, temporary files. */
final class SystemWays {

  private static final ProcessBuilder.Redirect TO_NOBODY = ProcessBuilder.Redirect.DISCARD;

  private final Path directory;
  private int files;

  SystemWays(Path directory) {
    this.directory = directory;
  }

  List<Way> all() {
    List<Way> ways = new ArrayList<>(archives());
    ways.addAll(locks());
    ways.addAll(mappings());
    ways.addAll(processes());
    ways.addAll(temporaryFiles());
    ways.add(Way.of("newWatchService", "WATCH_SERVICE", SystemWays::watchService));
    ways.add(Way.of("newWatchService, watching", "WATCH_SERVICE", this::watching));
    return ways;
  }

  private File zip() throws IOException {
    Path zip = directory.resolve("file-" + files++ + ".jar");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      entries.putNextEntry(new ZipEntry("entry"));
      entries.write(1);
    }
    return zip.toFile();
  }

  private FileChannel channel() throws IOException {
    Path file = Files.writeString(directory.resolve("file-" + files++), "some text");
    return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private List<Way> archives() {
    return List.of(
        Way.of("ZipFile", "ARCHIVE", () -> new ZipFile(zip())),
        Way.of(
            "ZipFile, Latin 1", "ARCHIVE", () -> new ZipFile(zip(), StandardCharsets.ISO_8859_1)),
        Way.of("JarFile", "ARCHIVE", () -> new JarFile(zip())),
        Way.of("two ZipFiles", "ARCHIVE", () -> two(zip())),
        Way.of("URLClassLoader", "ARCHIVE", this::classLoader),
        Way.of("jar:file:", "ARCHIVE", this::jarConnection));
  }

  private static AutoCloseable two(File zip) throws IOException {
    return Way.all(new ZipFile(zip), new JarFile(zip));
  }

  private AutoCloseable classLoader() throws IOException {
    URLClassLoader loader = new URLClassLoader(new URL[] {zip().toURI().toURL()}, null);
    if (loader.findResource("entry") == null) {
      throw new IOException("no entry");
    }
    return loader;
  }

  private InputStream jarConnection() throws IOException {
    URLConnection connection = new URL("jar:" + zip().toURI() + "!/entry").openConnection();
    connection.setUseCaches(false);
    return connection.getInputStream();
  }

  private List<Way> locks() {
    return List.of(
        Way.of(
            "FileChannel.lock",
            "FILE,LOCK",
            () -> {
              FileChannel channel = channel();
              return Way.all(channel.lock(), channel);
            }),
        Way.of(
            "FileChannel.tryLock, shared",
            "FILE,LOCK",
            () -> {
              FileChannel channel = channel();
              channel.tryLock(3, 4, true);
              return channel;
            }),
        Way.of(
            "RandomAccessFile, locked",
            "FILE,LOCK",
            () -> {
              RandomAccessFile file = new RandomAccessFile(zip(), "rw");
              file.getChannel().lock();
              return file;
            }),
        Way.of(
            "AsynchronousFileChannel.lock",
            "FILE,LOCK",
            () -> {
              AsynchronousFileChannel channel = asynchronous();
              return Way.all(channel.lock().get(), channel);
            }),
        Way.of(
            "AsynchronousFileChannel.tryLock",
            "FILE,LOCK",
            () -> {
              AsynchronousFileChannel channel = asynchronous();
              channel.tryLock();
              return channel;
            }),
        Way.of("FileHandler", "FILE,FILE,LOCK", this::log));
  }

  private AsynchronousFileChannel asynchronous() throws IOException {
    return AsynchronousFileChannel.open(
        zip().toPath(), StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private AutoCloseable log() throws IOException {
    FileHandler handler = new FileHandler(directory.resolve("log").toString());
    return handler::close;
  }

  private List<Way> mappings() {
    return List.of(
        Way.of(
            "FileChannel.map",
            "MAPPING",
            () -> {
              try (FileChannel channel = channel()) {
                return unmapping(channel.map(FileChannel.MapMode.READ_ONLY, 0, 4));
              }
            }),
        Way.of(
            "FileChannel.map, still open",
            "FILE,MAPPING",
            () -> {
              FileChannel channel = channel();
              ByteBuffer map = channel.map(FileChannel.MapMode.PRIVATE, 2, 3);
              return Way.all(channel, unmapping(map));
            }));
  }

  /** There is no way but to forget it, and to hope. */
  private static AutoCloseable unmapping(ByteBuffer map) {
    ByteBuffer[] held = {map};
    return () -> {
      Reference.reachabilityFence(held[0]);
      held[0] = null;
      System.gc();
    };
  }

  private static WatchService watchService() throws IOException {
    return FileSystems.getDefault().newWatchService();
  }

  private WatchService watching() throws IOException {
    WatchService service = watchService();
    directory.register(service, StandardWatchEventKinds.ENTRY_CREATE);
    return service;
  }

  private static List<Way> processes() {
    ProcessBuilder sleep = new ProcessBuilder("sleep", "600");
    return List.of(
        Way.of("ProcessBuilder", "PIPE,PIPE,PIPE,PROCESS", () -> ending(sleep.start())),
        Way.of("Runtime.exec", "PIPE,PIPE,PIPE,PROCESS", SystemWays::executed),
        Way.of(
            "ProcessBuilder, one output",
            "PIPE,PIPE,PIPE,PROCESS",
            () -> ending(new ProcessBuilder("sleep", "600").redirectErrorStream(true).start())),
        Way.of("ProcessBuilder, redirected", "PIPE,PROCESS", () -> ending(redirected().start())),
        Way.of("startPipeline", "PIPE,PIPE,PIPE,PIPE,PROCESS,PROCESS", SystemWays::pipeline));
  }

  private static AutoCloseable executed() throws IOException {
    return ending(Runtime.getRuntime().exec(new String[] {"sleep", "600"}));
  }

  private static ProcessBuilder redirected() {
    return new ProcessBuilder("sleep", "600").redirectOutput(TO_NOBODY).redirectError(TO_NOBODY);
  }

  private static AutoCloseable pipeline() throws IOException {
    List<Process> processes =
        ProcessBuilder.startPipeline(List.of(new ProcessBuilder("cat"), new ProcessBuilder("cat")));
    return Way.all(ending(processes.get(0)), ending(processes.get(1)));
  }

  private static AutoCloseable ending(Process process) {
    return () -> process.destroyForcibly().waitFor();
  }

  private List<Way> temporaryFiles() {
    return List.of(
        Way.of(
            "File.createTempFile",
            "TEMP_FILE",
            () -> {
              File file = File.createTempFile("way", null, directory.toFile());
              return () -> Files.delete(file.toPath());
            }),
        Way.of("Files.createTempFile", "TEMP_FILE", () -> deleting(temporary())),
        Way.of(
            "Files.createTempDirectory",
            "TEMP_FILE",
            () -> deleting(Files.createTempDirectory(directory, "way"))));
  }

  private Path temporary() throws IOException {
    return Files.createTempFile(directory, "way", null);
  }

  private static AutoCloseable deleting(Path path) {
    return () -> Files.delete(path);
  }
}
