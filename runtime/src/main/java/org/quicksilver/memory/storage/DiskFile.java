package org.quicksilver.memory.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/** A file of the file system. */
final class DiskFile implements StorageFile {

  private final Path path;
  private final FileChannel channel;
  private final boolean writable;
  private final Object identity;
  private boolean locked;

  DiskFile(Path path, FileChannel channel, boolean writable) throws IOException {
    this.path = path;
    this.channel = channel;
    this.writable = writable;
    this.identity = FileLocks.identity(path);
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public long size() throws IOException {
    return channel.size();
  }

  @Override
  public void write(ByteBuffer bytes, long offset) throws IOException {
    for (long at = offset; bytes.hasRemaining(); ) {
      at += channel.write(bytes, at);
    }
  }

  @Override
  public void read(ByteBuffer bytes, long offset) throws IOException {
    for (long at = offset; bytes.hasRemaining(); ) {
      int read = channel.read(bytes, at);
      if (read < 0) {
        throw new EOFException(path + " ends at " + at);
      }
      at += read;
    }
  }

  /** The length is metadata without which the bytes cannot be read: it is forced with them. */
  @Override
  public void force() throws IOException {
    channel.force(false);
  }

  @Override
  public WideBuffer map(MapMode mode, long offset, long length) throws IOException {
    if (offset + length > size()) {
      throw new EOFException(path + " ends at " + size());
    }
    ByteBuffer[] pieces = new ByteBuffer[WideBuffer.piecesOf(length)];
    for (int i = 0; i < pieces.length; i++) {
      long from = (long) i * WideBuffer.PIECE;
      pieces[i] = channel.map(mode, offset + from, Math.min(WideBuffer.PIECE, length - from));
    }
    return WideBuffer.of(pieces, length);
  }

  @Override
  public synchronized boolean tryLock() throws IOException {
    boolean locks = FileLocks.tryLock(identity, channel, writable);
    locked |= locks;
    return locks;
  }

  @Override
  public synchronized void close() throws IOException {
    if (locked) {
      locked = false;
      FileLocks.closeHolder(identity, channel);
    } else {
      FileLocks.close(identity, channel);
    }
  }
}
