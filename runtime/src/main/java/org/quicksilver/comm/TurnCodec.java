package org.quicksilver.comm;

/** {@link TurnMessage}s to fields and back; their types are 16 to 20. */
final class TurnCodec {

  private TurnCodec() {}

  static boolean isOurs(int type) {
    return type >= 16 && type < 21;
  }

  static void encode(TurnMessage message, FrameWriter out) {
    if (message instanceof TurnMessage.Pooled m) {
      out.type(16).transaction(m.provisional()).transaction(m.transaction());
      out.text(m.local()).text(m.remote());
    } else if (message instanceof TurnMessage.Turned m) {
      out.type(17).transaction(m.provisional()).transaction(m.connection());
      out.text(m.local()).text(m.remote()).number(m.from()).number(m.request());
    } else if (message instanceof TurnMessage.Asked m) {
      out.type(18).transaction(m.provisional()).text(m.local()).text(m.remote());
      out.number(m.from()).number(m.request());
    } else if (message instanceof TurnMessage.Answered m) {
      out.type(19).transaction(m.provisional()).flag(m.known()).transaction(m.transaction());
    } else if (message instanceof TurnMessage.Over m) {
      out.type(20).transaction(m.provisional());
    }
  }

  static Message decode(int type, FrameReader in) throws MalformedFrameException {
    return switch (type) {
      case 16 -> new TurnMessage.Pooled(in.transaction(), in.transaction(), in.text(), in.text());
      case 17 ->
          new TurnMessage.Turned(
              in.transaction(), in.transaction(), in.text(), in.text(), in.number(), in.int32());
      case 18 ->
          new TurnMessage.Asked(in.transaction(), in.text(), in.text(), in.number(), in.int32());
      case 19 -> new TurnMessage.Answered(in.transaction(), in.flag(), in.transaction());
      case 20 -> new TurnMessage.Over(in.transaction());
      default -> throw new MalformedFrameException("no message has the type " + type);
    };
  }
}
