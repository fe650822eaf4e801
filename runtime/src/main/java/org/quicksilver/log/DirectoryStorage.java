package org.quicksilver.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.quicksilver.config.Home;

/**
 * Segments as files of one directory, readable by their owner only.
 *
 * <pre>
 *   0000000001.log ...   segments
 *   0000000007.new       being made when the process ended; removed when it is made again
 * </pre>
 *
 * An interrupt of the thread that calls closes the file it is using: {@link LogManager} has a
 * thread that cannot be interrupted.
 */
public final class DirectoryStorage implements LogStorage {

  private static final Pattern NAME = Pattern.compile("(\\d{10,18})\\.log");
  private static final int CHUNK = 64 * 1024;

  private final Path directory;
  private final boolean writable;

  private DirectoryStorage(Path directory, boolean writable) {
    this.directory = directory;
    this.writable = writable;
  }

  /**
   * Uses a directory; makes it if it is missing.
   *
   * @throws IOException if it cannot be made
   */
  public static DirectoryStorage of(Path directory) throws IOException {
    OwnerOnly.createDirectory(directory);
    return new DirectoryStorage(directory, true);
  }

  /** Looks at a directory and changes nothing in it; a missing one is empty. */
  public static DirectoryStorage readOnly(Path directory) {
    return new DirectoryStorage(directory, false);
  }

  @Override
  public List<Long> list() throws IOException {
    List<Long> numbers = new ArrayList<>();
    if (!Files.exists(directory)) {
      return numbers;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        Matcher name = NAME.matcher(String.valueOf(entry.getFileName()));
        if (name.matches()) {
          numbers.add(Long.parseLong(name.group(1)));
        }
      }
    }
    numbers.sort(null);
    return numbers;
  }

  @Override
  public SegmentFile create(long number, ByteBuffer header, int size) throws IOException {
    Path made = path(number, "new");
    Files.deleteIfExists(made);
    try {
      fill(made, header, size);
      Files.move(made, path(number, "log"), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(made);
      throw e;
    }
    forceDirectory(directory);
    Path parent = directory.toAbsolutePath().getParent();
    if (number == 1 && parent != null) {
      forceDirectory(parent);
    }
    return open(number);
  }

  /** Real blocks, not a hole: a later force then has no metadata to write, and no full disk. */
  private static void fill(Path file, ByteBuffer header, int size) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            Home.ownerOnlyFile())) {
      writeFully(channel, header, 0);
      ByteBuffer zeros = ByteBuffer.allocateDirect(CHUNK);
      for (int at = header.capacity(); at < size; at += CHUNK) {
        writeFully(channel, zeros.clear().limit(Math.min(CHUNK, size - at)), at);
      }
      channel.force(true);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes, long at)
      throws IOException {
    for (long offset = at; bytes.hasRemaining(); ) {
      offset += channel.write(bytes, offset);
    }
  }

  @Override
  public SegmentFile open(long number) throws IOException {
    Path path = path(number, "log");
    return new ChannelFile(
        path,
        writable
            ? FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)
            : FileChannel.open(path, StandardOpenOption.READ));
  }

  @Override
  public void delete(long number) throws IOException {
    Files.deleteIfExists(path(number, "log"));
    forceDirectory(directory);
  }

  private Path path(long number, String suffix) {
    return directory.resolve(String.format("%010d.%s", number, suffix));
  }

  /** Where the file system is not one of POSIX, a directory cannot be opened, nor needs it. */
  private static void forceDirectory(Path directory) throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public void close() {}

  /**
   * One open file.
   *
   * @param path where
   * @param channel open
   */
  private record ChannelFile(Path path, FileChannel channel) implements SegmentFile {

    @Override
    public String name() {
      return path.toString();
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      writeFully(channel, bytes, offset);
    }

    @Override
    public void read(ByteBuffer bytes, long offset) throws IOException {
      for (long at = offset; bytes.hasRemaining(); ) {
        int read = channel.read(bytes, at);
        if (read < 0) {
          return;
        }
        at += read;
      }
    }

    @Override
    public void force() throws IOException {
      channel.force(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
