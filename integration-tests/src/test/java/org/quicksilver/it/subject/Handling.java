package org.quicksilver.it.subject;

import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Opens handles of many kinds and closes each: what a program does all day, at once. */
final class Handling {

  /** So many ways there are; files most of all. */
  private static final int WAYS = 16;

  private final Path directory;
  private final Path file;
  private final LongAdder opened = new LongAdder();
  private final AtomicLong locks = new AtomicLong();

  Handling(Path directory) throws IOException {
    this.directory = directory;
    this.file = Files.write(directory.resolve("stock"), new byte[100]);
  }

  long opened() {
    return opened.sum();
  }

  void handle(int handles) throws IOException {
    long first = opened.sum();
    for (int i = 0; i < handles; i++) {
      open((int) ((first + i) % WAYS));
    }
    opened.add(handles);
  }

  private void open(int way) throws IOException {
    switch (way) {
      case 0 -> list();
      case 1 -> lock();
      case 2 -> temporary();
      case 3 -> Selector.open().close();
      case 4 -> pipe();
      case 5 -> SocketChannel.open().close();
      case 6 -> new RandomAccessFile(file.toFile(), "r").close();
      case 7 -> new FileOutputStream(file.toFile(), true).close();
      case 8, 9, 10 -> FileChannel.open(file, StandardOpenOption.READ).close();
      default -> new FileInputStream(file.toFile()).close();
    }
  }

  private void list() throws IOException {
    try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
      paths.iterator().hasNext();
    }
  }

  private void lock() throws IOException {
    Path own = directory.resolve("lock-" + locks.incrementAndGet());
    try (FileChannel channel =
            FileChannel.open(
                own,
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
        FileLock lock = channel.tryLock()) {
      opened.add(lock == null ? 0 : 1);
    }
  }

  private void temporary() throws IOException {
    Files.delete(Files.createTempFile(directory, "draft", ".tmp"));
  }

  private static void pipe() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.source().close();
    pipe.sink().close();
  }
}
