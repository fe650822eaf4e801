package org.quicksilver.comm;

import java.nio.ByteBuffer;
import org.quicksilver.handle.Verdict;

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

  private MessageCodec() {}

  /** Encodes a message as one whole frame, ready to be written. */
  public static ByteBuffer encode(Message message) {
    FrameWriter sink = new FrameWriter();
    encode(message, sink);
    return sink.frame();
  }

  private static void encode(Message message, FrameWriter sink) {
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
      sink.number(m.acceptedAtMillis());
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
    } else if (message instanceof TurnMessage m) {
      TurnCodec.encode(m, sink);
    } else if (message instanceof LinkMessage m) {
      LinkCodec.encode(m, sink);
    } else if (message instanceof ProgramMessage m) {
      ProgramCodec.encode(m, sink);
    } else if (message instanceof Message.Sought m) {
      sink.type(21).number(m.number()).texts(m.connections());
    } else if (message instanceof Message.Opened m) {
      sink.type(22).text(m.connection()).transaction(m.transaction());
      sink.number(m.openedAtMillis()).number(m.closedAtMillis());
    } else if (message instanceof Message.Recalled m) {
      sink.type(23).number(m.number());
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
    FrameReader source = new FrameReader(frame);
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

  private static Message decode(FrameReader s) throws MalformedFrameException {
    int type = s.type();
    return switch (type) {
      case 1 -> new Message.Challenge(s.bytes());
      case 2 -> new Message.Hello(s.int32(), s.int32(), s.number(), s.text(), s.bytes());
      case 3 -> new Message.Welcome(s.number(), s.int32(), s.text());
      case 4 -> new Message.Refused(s.text());
      case 5 -> new Message.Accepted(s.transaction(), s.text(), s.text(), s.number());
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
      case 21 -> new Message.Sought(s.number(), s.texts());
      case 22 -> new Message.Opened(s.text(), s.transaction(), s.number(), s.number());
      case 23 -> new Message.Recalled(s.number());
      default -> others(type, s);
    };
  }

  private static Message others(int type, FrameReader s) throws MalformedFrameException {
    if (TurnCodec.isOurs(type)) {
      return TurnCodec.decode(type, s);
    }
    return LinkCodec.isOurs(type) ? LinkCodec.decode(type, s) : ProgramCodec.decode(type, s);
  }

  private static Message report(FrameReader s) throws MalformedFrameException {
    return new Message.Report(
        s.number(),
        s.number(),
        s.oneOf(Verdict.values()),
        s.flag(),
        s.number(),
        s.handle(),
        s.text());
  }
}
