package org.quicksilver.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the segments of a log lie: a directory, or a simulated disk. Used by one thread at a time.
 */
public interface LogStorage extends Closeable {

  /**
   * One segment. What is written is lost when the power fails, in any subset of sectors of 512
   * bytes, until {@link #force} has returned; a sector is lost as a whole.
   */
  interface SegmentFile extends Closeable {

    /** As messages name it. */
    String name();

    /** Bytes, written or preallocated. */
    long size() throws IOException;

    /** Writes all of the buffer at an offset; its position is then its limit. */
    void write(ByteBuffer bytes, long offset) throws IOException;

    /** Fills the buffer from an offset on, as far as the file goes. */
    void read(ByteBuffer bytes, long offset) throws IOException;

    /**
     * Makes everything written to this segment survive a power failure. After an exception nobody
     * knows what does; it must not be tried again.
     */
    void force() throws IOException;
  }

  /** The numbers of the segments there are, ascending. */
  List<Long> list() throws IOException;

  /**
   * Creates a segment of zeros that begins with the given header. All or nothing: once it is listed
   * it is whole, and once this returns it survives a power failure, with room for every byte.
   *
   * @throws IOException if there is no room; nothing is left behind
   */
  SegmentFile create(long number, ByteBuffer header, int size) throws IOException;

  /** Opens a segment for reading and writing. */
  SegmentFile open(long number) throws IOException;

  /** Removes a segment, closed before; once this returns, for good. */
  void delete(long number) throws IOException;

  /** Gives up what this object itself holds; the segments are closed by who opened them. */
  @Override
  void close() throws IOException;
}
