package org.quicksilver.it.subject;

import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Scanner;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.stream.FileImageInputStream;

/** Ways to open files and directories. */
final class FileWays {

  private static final String FILE = "FILE";
  private static final String DIRECTORY = "DIRECTORY";

  private final Path directory;
  private int files;

  FileWays(Path directory) {
    this.directory = directory;
  }

  List<Way> all() {
    List<Way> ways = new ArrayList<>(streams());
    ways.addAll(views());
    ways.addAll(channels());
    ways.addAll(directories());
    return ways;
  }

  private Path file() throws IOException {
    return Files.writeString(directory.resolve("file-" + files++), "text\n");
  }

  private File old() throws IOException {
    return file().toFile();
  }

  private List<Way> streams() {
    return List.of(
        Way.of("FileInputStream(String)", FILE, () -> new FileInputStream(old().getPath())),
        Way.of("FileInputStream(File)", FILE, () -> new FileInputStream(old())),
        Way.of("FileOutputStream(String)", FILE, () -> new FileOutputStream(old().getPath())),
        Way.of("FileOutputStream(File, true)", FILE, () -> new FileOutputStream(old(), true)),
        Way.of("FileReader", FILE, () -> new FileReader(old())),
        Way.of("FileWriter", FILE, () -> new FileWriter(old())),
        Way.of("PrintWriter", FILE, () -> new PrintWriter(old())),
        Way.of("PrintStream", FILE, () -> new PrintStream(old())),
        Way.of("Scanner", FILE, () -> new Scanner(old())),
        Way.of("Formatter", FILE, () -> new Formatter(old())),
        Way.of("RandomAccessFile r", FILE, () -> new RandomAccessFile(old(), "r")),
        Way.of("RandomAccessFile rws", FILE, () -> new RandomAccessFile(old(), "rws")),
        Way.of("FileImageInputStream", FILE, () -> new FileImageInputStream(old())),
        Way.of("URL.openStream", FILE, () -> file().toUri().toURL().openStream()),
        Way.of("Files.newInputStream", FILE, () -> Files.newInputStream(file())),
        Way.of("Files.newOutputStream", FILE, () -> Files.newOutputStream(file())),
        Way.of("Files.newBufferedReader", FILE, () -> Files.newBufferedReader(file())),
        Way.of("Files.newBufferedWriter", FILE, () -> Files.newBufferedWriter(file())),
        Way.of("Files.lines", FILE, () -> Files.lines(file())));
  }

  private List<Way> views() {
    return List.of(
        Way.of(
            "FileInputStream.getChannel",
            FILE,
            () -> {
              FileInputStream in = new FileInputStream(old());
              return in.getChannel();
            }),
        Way.of(
            "FileInputStream(FileDescriptor)",
            FILE,
            () -> {
              FileInputStream in = new FileInputStream(old());
              return new FileInputStream(in.getFD());
            }),
        Way.of(
            "FileOutputStream.getChannel",
            FILE,
            () -> {
              FileOutputStream out = new FileOutputStream(old());
              return Way.all(out.getChannel(), out);
            }),
        Way.of(
            "RandomAccessFile.getChannel",
            FILE,
            () -> {
              RandomAccessFile file = new RandomAccessFile(old(), "rw");
              return Way.all(file.getChannel(), new FileOutputStream(file.getFD()));
            }));
  }

  private List<Way> channels() {
    return List.of(
        Way.of("FileChannel.open", FILE, () -> FileChannel.open(file())),
        Way.of(
            "FileChannel.open, to be deleted",
            FILE,
            () ->
                FileChannel.open(
                    file(), StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE)),
        Way.of("Files.newByteChannel", FILE, () -> Files.newByteChannel(file())),
        Way.of("zip file system", FILE, () -> FileSystems.newFileSystem(zip())),
        Way.of("AsynchronousFileChannel", FILE, () -> AsynchronousFileChannel.open(file())),
        Way.of(
            "AsynchronousFileChannel, pool",
            FILE,
            () -> {
              ExecutorService pool = Executors.newSingleThreadExecutor();
              AsynchronousFileChannel channel =
                  AsynchronousFileChannel.open(file(), Set.of(StandardOpenOption.READ), pool);
              return Way.all(channel, channel, pool::shutdown);
            }));
  }

  private Path zip() throws IOException {
    Path zip = directory.resolve("file-" + files++ + ".zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      entries.putNextEntry(new ZipEntry("entry"));
    }
    return zip;
  }

  private List<Way> directories() {
    return List.of(
        Way.of("newDirectoryStream", DIRECTORY, () -> Files.newDirectoryStream(directory)),
        Way.of("newDirectoryStream, glob", DIRECTORY, () -> streamOf("*.zip")),
        Way.of("Files.list", DIRECTORY, () -> Files.list(directory)),
        Way.of("Files.walk", DIRECTORY, () -> Files.walk(directory)),
        Way.of("Files.find", DIRECTORY, () -> Files.find(directory, 1, (path, attributes) -> true)),
        Way.of("SecureDirectoryStream, file", "DIRECTORY,FILE", this::secureFile),
        Way.of("SecureDirectoryStream, directory", "DIRECTORY,DIRECTORY", this::secureDirectory));
  }

  private DirectoryStream<Path> streamOf(String glob) throws IOException {
    return Files.newDirectoryStream(directory, glob);
  }

  private AutoCloseable secureFile() throws IOException {
    SecureDirectoryStream<Path> secure = (SecureDirectoryStream<Path>) streamOf("*");
    Path name = file().getFileName();
    return Way.all(secure.newByteChannel(name, Set.of(StandardOpenOption.READ)), secure);
  }

  private AutoCloseable secureDirectory() throws IOException {
    SecureDirectoryStream<Path> secure = (SecureDirectoryStream<Path>) streamOf("*");
    Path name = Files.createDirectories(directory.resolve("inner")).getFileName();
    return Way.all(secure.newDirectoryStream(name), secure);
  }
}
