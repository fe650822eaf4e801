package org.quicksilver.node;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.quicksilver.config.Home;

/**
 * The lock that makes this process the only node of its home; the kernel drops it at death. The
 * file names the process.
 */
final class NodeLock implements Closeable {

  private final FileChannel channel;

  private NodeLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock or fails at once.
   *
   * @throws NodeRunningException if another node has it
   */
  static NodeLock take(Home home) throws IOException {
    FileChannel channel =
        FileChannel.open(
            home.nodeLock(),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            Home.ownerOnlyFile());
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new NodeRunningException(home.directory(), read(channel));
      }
    } catch (OverlappingFileLockException e) {
      // Left open on purpose: closing any channel of the file would release the other node's lock.
      throw new NodeRunningException(home.directory(), ProcessHandle.current().pid());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    write(channel);
    return new NodeLock(channel);
  }

  private static long read(FileChannel channel) throws IOException {
    ByteBuffer text = ByteBuffer.allocate(20);
    channel.read(text, 0);
    String digits = new String(text.array(), 0, text.position(), StandardCharsets.US_ASCII).strip();
    return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : 0;
  }

  private static void write(FileChannel channel) throws IOException {
    String pid = ProcessHandle.current().pid() + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
