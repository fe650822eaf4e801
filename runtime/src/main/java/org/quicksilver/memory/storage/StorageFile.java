package org.quicksilver.memory.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;

/**
 * One open file. Reading and writing at different places may be done by several threads at once.
 *
 * <p>What is written, or stored into a shared mapping, survives the process at once. It is lost
 * when the power fails, in any subset of sectors of 512 bytes, until {@link #force} or {@link
 * WideBuffer#force} has returned; a sector is lost as a whole.
 */
public interface StorageFile extends Closeable {

  /** Where it lies. */
  Path path();

  /** Bytes. */
  long size() throws IOException;

  /**
   * Writes all of the buffer at an offset; its position is then its limit. Makes the file longer if
   * it has to. After an exception any part of it may have been written.
   */
  void write(ByteBuffer bytes, long offset) throws IOException;

  /**
   * Fills the buffer from an offset on.
   *
   * @throws java.io.EOFException if the file ends before
   */
  void read(ByteBuffer bytes, long offset) throws IOException;

  /**
   * Makes everything written to this file survive a power failure, its length included. After an
   * exception nobody knows what does; it must not be tried again.
   */
  void force() throws IOException;

  /**
   * A part of the file as memory, which stays usable after the file is closed. The part has to
   * exist.
   *
   * @param mode {@link MapMode#READ_ONLY}, {@link MapMode#READ_WRITE}: what is stored is in the
   *     file at once, or {@link MapMode#PRIVATE}: what is stored never gets into the file
   * @throws java.io.EOFException if the file ends before
   */
  WideBuffer map(MapMode mode, long offset, long length) throws IOException;

  /**
   * Locks the file against all others that lock it, in this process and in others, until it is
   * closed or the process dies. One that was opened for reading only is locked against those that
   * were opened for writing.
   *
   * @return false if somebody has it
   */
  boolean tryLock() throws IOException;
}
