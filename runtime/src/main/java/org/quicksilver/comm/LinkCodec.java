package org.quicksilver.comm;

import org.quicksilver.comm.LinkMessage.Word;
import org.quicksilver.transaction.Sturdiness;

/** {@link LinkMessage}s to fields and back; their types are 64 to 79. */
final class LinkCodec {

  private LinkCodec() {}

  static boolean isOurs(int type) {
    return type >= 64 && type < 80;
  }

  static void encode(LinkMessage message, FrameWriter out) {
    if (message instanceof LinkMessage.Introduce m) {
      out.type(64).number(m.version()).node(m.self()).number(m.sturdiness().ordinal());
      out.number(m.session()).number(m.received()).bytes(m.nonce()).bytes(m.proof());
    } else if (message instanceof LinkMessage.Introduced m) {
      out.type(65).node(m.self()).number(m.sturdiness().ordinal());
      out.number(m.session()).number(m.received()).bytes(m.proof());
    } else if (message instanceof LinkMessage.Heartbeat m) {
      out.type(66).number(m.received());
    } else if (message instanceof LinkMessage.Numbered m) {
      out.type(67).number(m.number()).number(m.received());
      word(m.word(), out);
    } else if (message instanceof Word word) {
      word(word, out);
    }
  }

  private static void word(Word word, FrameWriter out) {
    if (word instanceof LinkMessage.TakePart m) {
      out.type(68).transaction(m.transaction()).number(m.via());
    } else if (word instanceof LinkMessage.NoPart m) {
      out.type(69).transaction(m.transaction()).text(m.reason());
    } else if (word instanceof LinkMessage.Request m) {
      out.type(70).transaction(m.transaction()).number(m.round());
    } else if (word instanceof LinkMessage.About m) {
      out.type(71).transaction(m.transaction());
      TransactionCodec.encode(m.message(), out);
    } else if (word instanceof LinkMessage.Describe m) {
      out.type(72).transaction(m.transaction()).number(m.hops());
    } else if (word instanceof LinkMessage.Described m) {
      out.type(73).transaction(m.transaction()).text(m.json());
    } else if (word instanceof LinkMessage.OfQueues m) {
      QueueCodec.encode(m.message(), out.type(74));
    }
  }

  static LinkMessage decode(int type, FrameReader in) throws MalformedFrameException {
    return switch (type) {
      case 64 ->
          new LinkMessage.Introduce(
              in.int32(),
              in.node(),
              in.oneOf(Sturdiness.values()),
              in.number(),
              in.number(),
              in.bytes(),
              in.bytes());
      case 65 ->
          new LinkMessage.Introduced(
              in.node(), in.oneOf(Sturdiness.values()), in.number(), in.number(), in.bytes());
      case 66 -> new LinkMessage.Heartbeat(in.number());
      case 67 -> new LinkMessage.Numbered(in.number(), in.number(), word(in.type(), in));
      default -> word(type, in);
    };
  }

  private static Word word(int type, FrameReader in) throws MalformedFrameException {
    return switch (type) {
      case 68 -> new LinkMessage.TakePart(in.transaction(), in.number());
      case 69 -> new LinkMessage.NoPart(in.transaction(), in.text());
      case 70 -> new LinkMessage.Request(in.transaction(), in.int32());
      case 71 -> new LinkMessage.About(in.transaction(), TransactionCodec.decode(in));
      case 72 -> new LinkMessage.Describe(in.transaction(), in.int32());
      case 73 -> new LinkMessage.Described(in.transaction(), in.text());
      case 74 -> {
        QueueMessage message = QueueCodec.decode(in);
        if (!(message instanceof QueueMessage.Between between)) {
          throw new MalformedFrameException("a " + message.getClass() + " goes another way");
        }
        yield new LinkMessage.OfQueues(between);
      }
      default -> throw new MalformedFrameException("nodes have no word of the type " + type);
    };
  }
}
