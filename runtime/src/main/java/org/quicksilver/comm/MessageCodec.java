package org.quicksilver.comm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.quicksilver.comm.Message.Event;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.transaction.TransactionId;

/**
 * Messages to bytes and back.
 *
 * <pre>
 *   0        4      5
 *   +--------+------+-------------------+
 *   | length | type | fields            |   length counts type and fields; big-endian
 *   +--------+------+-------------------+
 *   text, bytes: length (int), UTF-8     transaction: node, incarnation, sequence
 * </pre>
 *
 * <p>Thread-safe. Nothing read is trusted: {@link #decode} throws {@link MalformedFrameException},
 * and nothing else, for any bytes.
 */
public final class MessageCodec {

  /** No frame is longer than this, bytes, the length field not counted. */
  public static final int LONGEST_FRAME = 8 * 1024 * 1024;

  private static final Event[] EVENTS = Event.values();

  private MessageCodec() {}

  /** Encodes a message as one whole frame, ready to be written. */
  public static ByteBuffer encode(Message message) {
    Sink sink = new Sink();
    encode(message, sink);
    return sink.frame();
  }

  private static void encode(Message message, Sink sink) {
    if (message instanceof Message.Challenge m) {
      sink.type(1).bytes(m.nonce());
    } else if (message instanceof Message.Hello m) {
      sink.type(2).number(m.version()).number(m.incarnation()).number(m.pid());
      sink.text(m.policies()).bytes(m.proof());
    } else if (message instanceof Message.Welcome m) {
      sink.type(3).number(m.node()).number(m.incarnation()).text(m.policies());
    } else if (message instanceof Message.Refused m) {
      sink.type(4).text(m.reason());
    } else if (message instanceof Message.Accepted m) {
      sink.type(5).transaction(m.provisional()).text(m.local()).text(m.remote());
    } else if (message instanceof Message.Joined m) {
      sink.type(6).transaction(m.provisional()).transaction(m.transaction());
    } else if (message instanceof Message.Watch m) {
      sink.type(7).transaction(m.transaction()).text(m.local()).text(m.remote());
    } else if (message instanceof Message.Closed m) {
      sink.type(8).transaction(m.transaction()).text(m.local()).text(m.remote());
      sink.flag(m.accepted());
    } else if (message instanceof Message.End m) {
      sink.type(9).transaction(m.transaction()).flag(m.aborted());
    } else if (message instanceof Message.EndAck m) {
      sink.type(10).transaction(m.transaction());
    } else if (message instanceof Message.Report m) {
      sink.type(11).number(m.number()).number(m.atMillis()).number(m.event().ordinal());
      sink.flag(m.aborted()).number(m.sinceEndMicros()).handle(m.handle()).text(m.note());
    } else if (message instanceof Message.ReportAck m) {
      sink.type(12).number(m.number());
    } else if (message instanceof Message.PolicyChange m) {
      sink.type(13).text(m.policies());
    } else if (message instanceof Message.AdminRequest m) {
      sink.type(14).number(m.version()).bytes(m.proof()).text(m.json());
    } else if (message instanceof Message.AdminResponse m) {
      sink.type(15).text(m.json());
    } else {
      throw new IllegalArgumentException("no code for a " + message.getClass().getName());
    }
  }

  /**
   * Decodes one frame.
   *
   * @param frame the bytes after the length field
   * @throws MalformedFrameException if they are no message
   */
  public static Message decode(ByteBuffer frame) throws MalformedFrameException {
    Source source = new Source(frame);
    Message message;
    try {
      message = decode(source);
    } catch (IllegalArgumentException | java.nio.BufferUnderflowException e) {
      throw new MalformedFrameException("a frame ends early or holds an impossible value: " + e);
    }
    if (frame.hasRemaining()) {
      throw new MalformedFrameException(
          "a frame of " + message.getClass().getSimpleName() + " has bytes left over");
    }
    return message;
  }

  private static Message decode(Source s) throws MalformedFrameException {
    int type = s.type();
    return switch (type) {
      case 1 -> new Message.Challenge(s.bytes());
      case 2 -> new Message.Hello(s.int32(), s.int32(), s.number(), s.text(), s.bytes());
      case 3 -> new Message.Welcome(s.number(), s.int32(), s.text());
      case 4 -> new Message.Refused(s.text());
      case 5 -> new Message.Accepted(s.transaction(), s.text(), s.text());
      case 6 -> new Message.Joined(s.transaction(), s.transaction());
      case 7 -> new Message.Watch(s.transaction(), s.text(), s.text());
      case 8 -> new Message.Closed(s.transaction(), s.text(), s.text(), s.flag());
      case 9 -> new Message.End(s.transaction(), s.flag());
      case 10 -> new Message.EndAck(s.transaction());
      case 11 -> report(s);
      case 12 -> new Message.ReportAck(s.number());
      case 13 -> new Message.PolicyChange(s.text());
      case 14 -> new Message.AdminRequest(s.int32(), s.bytes(), s.text());
      case 15 -> new Message.AdminResponse(s.text());
      default -> throw new MalformedFrameException("no message has the type " + type);
    };
  }

  private static Message report(Source s) throws MalformedFrameException {
    return new Message.Report(
        s.number(), s.number(), s.event(), s.flag(), s.number(), s.handle(), s.text());
  }

  /** Grows as needed, up to the longest frame. */
  private static final class Sink {
    private ByteBuffer buffer = ByteBuffer.allocate(256).position(4);

    Sink type(int type) {
      buffer.put((byte) type);
      return this;
    }

    Sink number(long value) {
      room(8).putLong(value);
      return this;
    }

    Sink flag(boolean value) {
      room(1).put((byte) (value ? 1 : 0));
      return this;
    }

    Sink text(String text) {
      return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    Sink bytes(byte[] bytes) {
      room(4 + bytes.length).putInt(bytes.length).put(bytes);
      return this;
    }

    Sink transaction(TransactionId id) {
      room(20).putLong(id.node()).putInt(id.incarnation()).putLong(id.sequence());
      return this;
    }

    Sink handle(HandleRecord h) {
      number(h.slot()).number(h.generation()).number(h.kind().code()).flag(h.accepted());
      transaction(h.transaction()).number(h.openedAtMillis()).text(h.thread()).text(h.what());
      return flag(h.exact()).number(h.extra()).text(h.stack());
    }

    private ByteBuffer room(int bytes) {
      if (buffer.position() - Integer.BYTES + bytes > LONGEST_FRAME) {
        throw new IllegalArgumentException(
            "a message of more than " + LONGEST_FRAME + " bytes; narrow the request with a filter");
      }
      if (buffer.remaining() < bytes) {
        int size = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
        buffer = ByteBuffer.allocate(size).put(buffer.flip());
      }
      return buffer;
    }

    ByteBuffer frame() {
      return buffer.putInt(0, buffer.position() - 4).flip();
    }
  }

  private static final class Source {
    private final ByteBuffer buffer;

    Source(ByteBuffer buffer) {
      this.buffer = buffer;
    }

    int type() {
      return buffer.get();
    }

    long number() {
      return buffer.getLong();
    }

    int int32() throws MalformedFrameException {
      long value = buffer.getLong();
      if (value != (int) value) {
        throw new MalformedFrameException("a number is out of range: " + value);
      }
      return (int) value;
    }

    boolean flag() throws MalformedFrameException {
      int value = buffer.get();
      if (value != 0 && value != 1) {
        throw new MalformedFrameException("a flag is neither 0 nor 1: " + value);
      }
      return value == 1;
    }

    byte[] bytes() throws MalformedFrameException {
      int length = buffer.getInt();
      if (length < 0 || length > buffer.remaining()) {
        throw new MalformedFrameException(
            "a text of " + length + " bytes is longer than its frame");
      }
      byte[] bytes = new byte[length];
      buffer.get(bytes);
      return bytes;
    }

    String text() throws MalformedFrameException {
      return new String(bytes(), StandardCharsets.UTF_8);
    }

    TransactionId transaction() {
      return new TransactionId(buffer.getLong(), buffer.getInt(), buffer.getLong());
    }

    Event event() throws MalformedFrameException {
      int ordinal = int32();
      if (ordinal < 0 || ordinal >= EVENTS.length) {
        throw new MalformedFrameException("no event has the number " + ordinal);
      }
      return EVENTS[ordinal];
    }

    HandleRecord handle() throws MalformedFrameException {
      return new HandleRecord(
          int32(),
          int32(),
          HandleKind.ofCode(int32()),
          flag(),
          transaction(),
          number(),
          text(),
          text(),
          flag(),
          number(),
          text());
    }
  }
}
