package org.quicksilver.it.subject;

import java.io.BufferedReader;
import java.io.File;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.FileReader;
import java.io.FileWriter;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/**
 * Files, directories and archives by every door the JDK has: {@code <empty directory>}. Prints all
 * that it gets to see.
 */
public final class JdkTour {

  private final Path directory;

  private JdkTour(Path directory) {
    this.directory = directory;
  }

  /** Goes round. */
  public static void main(String[] args) throws Exception {
    JdkTour tour = new JdkTour(Path.of(args[0]));
    tour.streams();
    tour.randomAccess();
    tour.channels();
    tour.asynchronous();
    tour.directories();
    tour.archives();
    tour.temporaryFiles();
    for (int i = 0; i < 3_000; i++) {
      tour.many(i);
    }
    JdkTasks.run();
  }

  private void streams() throws Exception {
    File file = directory.resolve("a").toFile();
    try (FileOutputStream out = new FileOutputStream(file)) {
      out.write("stream\n".getBytes(StandardCharsets.UTF_8));
      System.out.println(out.getChannel().position());
    }
    try (FileWriter writer = new FileWriter(file, true)) {
      writer.write("appended\n");
    }
    try (FileInputStream in = new FileInputStream(file);
        FileInputStream same = new FileInputStream(in.getFD())) {
      System.out.println((char) in.read() + "" + (char) same.read() + in.available());
      System.out.println(in.getChannel().size() + " " + in.getChannel().position());
      same.close();
      System.out.println("valid: " + in.getFD().valid());
    }
    try (BufferedReader reader = new BufferedReader(new FileReader(file))) {
      System.out.println(reader.readLine() + reader.readLine() + reader.readLine());
    }
  }

  private void randomAccess() throws Exception {
    try (RandomAccessFile file = new RandomAccessFile(directory.resolve("b").toFile(), "rwd")) {
      file.setLength(100);
      file.seek(50);
      file.writeUTF("fifty");
      file.seek(50);
      System.out.println(file.readUTF() + file.length() + file.getFilePointer());
      try (FileLock lock = file.getChannel().lock(0, 10, false)) {
        System.out.println(lock.isValid() + " " + lock.isShared());
      }
    }
  }

  private void channels() throws Exception {
    Path path = directory.resolve("c");
    try (FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap("channel".getBytes(StandardCharsets.UTF_8)));
      MappedByteBuffer map = channel.map(FileChannel.MapMode.READ_WRITE, 0, 7);
      map.put(0, (byte) 'C');
      try (FileChannel copy =
          FileChannel.open(
              directory.resolve("d"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        System.out.println(channel.transferTo(0, 7, copy) + " " + copy.size());
      }
      channel.truncate(3);
    }
    System.out.println(Files.readString(path) + Files.readString(directory.resolve("d")));
    System.out.println(Files.copy(path, directory.resolve("e")).getFileName());
    System.out.println(Files.mismatch(path, directory.resolve("e")));
    Path unlinked = directory.resolve("gone-when-closed");
    try (FileChannel channel =
        FileChannel.open(
            unlinked,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      System.out.println(channel.isOpen());
    }
    System.out.println(Files.exists(unlinked));
  }

  private void asynchronous() throws Exception {
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(directory.resolve("d"), StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.allocate(16);
      System.out.println(channel.read(buffer, 0).get() + " " + buffer);
    }
  }

  private void directories() throws Exception {
    Files.createDirectories(directory.resolve("x/y/z"));
    TreeSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory, "?")) {
      stream.forEach(path -> names.add(path.getFileName().toString()));
    }
    try (Stream<Path> walk = Files.walk(directory)) {
      walk.forEach(path -> names.add(directory.relativize(path).toString()));
    }
    System.out.println(names + " " + new TreeSet<>(java.util.List.of(directory.toFile().list())));
  }

  private void archives() throws Exception {
    Path zip = directory.resolve("archive.zip");
    try (FileSystem inside = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.writeString(inside.getPath("/entry"), "zipped");
    }
    try (ZipFile file = new ZipFile(zip.toFile());
        ZipFile again = new ZipFile(zip.toFile())) {
      System.out.println(new String(file.getInputStream(file.getEntry("entry")).readAllBytes()));
      System.out.println(again.size());
    }
  }

  private void temporaryFiles() throws Exception {
    Path first = Files.createTempFile(directory, "tour", ".tmp");
    File second = File.createTempFile("tour", ".tmp", directory.toFile());
    Path third = Files.createTempDirectory(directory, "tour");
    directory.resolve("a").toFile().deleteOnExit();
    System.out.println(Files.size(first) + second.length() + " " + Files.isDirectory(third));
    Files.delete(third);
    Files.move(first, directory.resolve("kept"));
    System.out.println(second.delete());
  }

  private void many(int number) throws Exception {
    try (FileInputStream in = new FileInputStream(directory.resolve("b").toFile())) {
      if (in.readAllBytes().length != 100) {
        throw new IllegalStateException("round " + number);
      }
    }
  }
}
