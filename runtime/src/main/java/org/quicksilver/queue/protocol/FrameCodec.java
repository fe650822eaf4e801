package org.quicksilver.queue.protocol;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.TransactionId;

/**
 * Frames to bytes and back.
 *
 * <pre>
 *   0        4         5      6
 *   +--------+---------+------+-------------------+
 *   | length | version | type | fields, then body |   length counts what follows it; big-endian
 *   +--------+---------+------+-------------------+
 * </pre>
 *
 * <p>Nothing read is trusted: {@link #decode} throws {@link BadFrameException}, and nothing else,
 * for any bytes. Thread-safe.
 */
public final class FrameCodec {

  /** Version of this protocol; both ends must have the same. */
  public static final int VERSION = 1;

  /** Most numbers in one list of a frame. */
  public static final int MOST_NUMBERS = 255;

  /** Bytes of the longest frame without its length field. */
  public static final int LONGEST_FRAME = Frame.LONGEST_BODY + 128 + MOST_NUMBERS * Long.BYTES;

  private static final int REQUEST = 1;
  private static final int COMPLETION = 2;
  private static final int CANCEL = 3;
  private static final int ACKNOWLEDGE = 4;
  private static final int CHUNK = 5;
  private static final int CREDIT = 6;
  private static final int GREETING = 7;

  private static final int TAGGED = 1;
  private static final int CARRIED = 2;
  private static final int STREAMED = 4;

  private FrameCodec() {}

  /** Bytes that a frame takes, its length field included. */
  public static int size(Frame frame) {
    return 6 + fields(frame);
  }

  private static int fields(Frame frame) {
    if (frame instanceof Frame.Request m) {
      return 30 + m.acknowledged().length * 8 + (m.tag() == null ? 0 : 28) + m.body().length;
    } else if (frame instanceof Frame.Completion m) {
      return 15 + m.parts().length * 4 + m.body().length;
    } else if (frame instanceof Frame.Cancel) {
      return 16;
    } else if (frame instanceof Frame.Acknowledge m) {
      return 9 + m.acknowledged().length * 8;
    } else if (frame instanceof Frame.Chunk m) {
      return 9 + m.body().length;
    } else {
      return frame instanceof Frame.Greeting ? 16 : 12;
    }
  }

  /** Writes one whole frame; there must be room for {@link #size} bytes. */
  public static void encode(Frame frame, ByteBuffer out) {
    out.putInt(2 + fields(frame)).put((byte) VERSION);
    if (frame instanceof Frame.Request m) {
      request(m, out);
    } else if (frame instanceof Frame.Completion m) {
      out.put((byte) COMPLETION).putLong(m.number()).put((byte) m.status().ordinal());
      out.putInt(m.load()).put((byte) (m.streamed() ? STREAMED : 0));
      out.put((byte) m.parts().length);
      for (int part : m.parts()) {
        out.putInt(part);
      }
      out.put(m.body());
    } else if (frame instanceof Frame.Cancel m) {
      out.put((byte) CANCEL).putLong(m.number()).putLong(m.mark());
    } else if (frame instanceof Frame.Acknowledge m) {
      numbers(out.put((byte) ACKNOWLEDGE).putLong(m.mark()), m.acknowledged());
    } else if (frame instanceof Frame.Chunk m) {
      out.put((byte) CHUNK).putLong(m.number()).put((byte) (m.last() ? 1 : 0)).put(m.body());
    } else if (frame instanceof Frame.Credit m) {
      out.put((byte) CREDIT).putLong(m.number()).putInt(m.bytes());
    } else if (frame instanceof Frame.Greeting m) {
      out.put((byte) GREETING).putLong(m.node()).putInt(m.incarnation()).putInt(m.life());
    }
  }

  private static void request(Frame.Request m, ByteBuffer out) {
    Tag tag = m.tag();
    int flags = (tag == null ? 0 : TAGGED) | (m.streamed() ? STREAMED : 0);
    flags |= tag != null && tag.carried() ? CARRIED : 0;
    out.put((byte) REQUEST).putLong(m.number()).putLong(m.mark()).putInt(m.offer());
    out.putLong(m.sequence()).put((byte) flags);
    numbers(out, m.acknowledged());
    if (tag != null) {
      TransactionId id = tag.transaction();
      out.putLong(id.node()).putInt(id.incarnation()).putLong(id.sequence()).putLong(tag.via());
    }
    out.put(m.body());
  }

  private static void numbers(ByteBuffer out, long[] numbers) {
    out.put((byte) numbers.length);
    for (long number : numbers) {
      out.putLong(number);
    }
  }

  /**
   * Reads one frame.
   *
   * @param in what follows the length field, to the end of the frame
   * @throws BadFrameException if it is none
   */
  public static Frame decode(ByteBuffer in) throws BadFrameException {
    try {
      int version = in.get();
      if (version != VERSION) {
        throw new BadFrameException("a frame of version " + version + ", not " + VERSION);
      }
      Frame frame = decode(in.get(), in);
      if (in.hasRemaining()) {
        throw new BadFrameException("a frame has bytes left over");
      }
      return frame;
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new BadFrameException("a frame ends early or holds an impossible value: " + e);
    }
  }

  private static Frame decode(int type, ByteBuffer in) throws BadFrameException {
    return switch (type) {
      case REQUEST -> request(in);
      case COMPLETION -> completion(in);
      case CANCEL -> new Frame.Cancel(number(in), in.getLong());
      case ACKNOWLEDGE -> new Frame.Acknowledge(in.getLong(), numbers(in));
      case CHUNK -> new Frame.Chunk(number(in), in.get() == 1, rest(in));
      case CREDIT -> new Frame.Credit(number(in), positive(in.getInt()));
      case GREETING -> greeting(in);
      default -> throw new BadFrameException("no frame has the type " + type);
    };
  }

  private static Frame.Greeting greeting(ByteBuffer in) throws BadFrameException {
    long node = in.getLong();
    if (node == 0) {
      throw new BadFrameException("no node has the ID 0");
    }
    return new Frame.Greeting(node, in.getInt(), in.getInt());
  }

  private static Frame.Request request(ByteBuffer in) throws BadFrameException {
    long number = number(in);
    long mark = in.getLong();
    int offer = in.getInt();
    long sequence = in.getLong();
    int flags = in.get();
    if ((flags & ~(TAGGED | CARRIED | STREAMED)) != 0) {
      throw new BadFrameException("a request has unknown flags: " + flags);
    }
    long[] acknowledged = numbers(in);
    Tag tag = (flags & TAGGED) == 0 ? null : tag(in, (flags & CARRIED) != 0);
    return new Frame.Request(
        number, mark, acknowledged, offer, sequence, tag, (flags & STREAMED) != 0, rest(in));
  }

  private static @Nullable Tag tag(ByteBuffer in, boolean carried) {
    TransactionId id = new TransactionId(in.getLong(), in.getInt(), in.getLong());
    return new Tag(id, in.getLong(), carried);
  }

  private static Frame.Completion completion(ByteBuffer in) throws BadFrameException {
    long number = number(in);
    int status = in.get();
    if (status < 0 || status >= Status.values().length) {
      throw new BadFrameException("no completion has the status " + status);
    }
    int load = in.getInt();
    boolean streamed = in.get() == STREAMED;
    int[] parts = new int[in.get() & 0xff];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = in.getInt();
    }
    return new Frame.Completion(number, Status.values()[status], load, parts, streamed, rest(in));
  }

  private static long number(ByteBuffer in) throws BadFrameException {
    long number = in.getLong();
    if (number < 1) {
      throw new BadFrameException("a request has the number " + number);
    }
    return number;
  }

  private static int positive(int value) throws BadFrameException {
    if (value < 0) {
      throw new BadFrameException("room for " + value + " bytes");
    }
    return value;
  }

  private static long[] numbers(ByteBuffer in) {
    int count = in.get() & 0xff;
    if (count == 0) {
      return NumberRanges.NONE;
    }
    long[] numbers = new long[count];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.getLong();
    }
    return numbers;
  }

  private static byte[] rest(ByteBuffer in) throws BadFrameException {
    if (in.remaining() > Frame.LONGEST_BODY) {
      throw new BadFrameException("a body of " + in.remaining() + " bytes");
    }
    byte[] body = new byte[in.remaining()];
    in.get(body);
    return body;
  }
}
