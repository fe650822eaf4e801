package org.quicksilver.memory.lrvm;

import java.nio.ByteBuffer;

/** A piece of the end of the log in memory, with a view of it for everyone who works on it. */
final class Chunk {

  static final int SIZE = 256 * 1024;

  private final ByteBuffer filling = ByteBuffer.allocateDirect(SIZE);
  private final ByteBuffer summing = filling.duplicate();
  private final ByteBuffer writing = filling.duplicate();

  /** For who appends. */
  ByteBuffer filling() {
    return filling;
  }

  /** For who appends, to be summed. */
  ByteBuffer summing(int from, int to) {
    return summing.limit(to).position(from);
  }

  /** For who writes. */
  ByteBuffer writing(int from, int to) {
    return writing.limit(to).position(from);
  }
}
