package org.quicksilver.comm;

import java.util.ArrayList;
import java.util.List;
import org.quicksilver.comm.QueueMessage.OfferState;
import org.quicksilver.comm.QueueMessage.Place;
import org.quicksilver.comm.QueueMessage.RequestId;

/**
 * {@link QueueMessage}s to fields and back; their kind is one byte behind the type of the frame.
 */
final class QueueCodec {

  private static final int RELAYED = 18;

  private QueueCodec() {}

  static void encode(QueueMessage message, FrameWriter out) {
    if (message instanceof QueueMessage.Enter) {
      out.type(1);
    } else if (message instanceof QueueMessage.Offered m) {
      out.type(2).number(m.number()).text(m.queue()).flag(m.recoverable()).text(m.socket());
    } else if (message instanceof QueueMessage.Withdrawn m) {
      out.type(3).number(m.number());
    } else if (message instanceof QueueMessage.Seek m) {
      out.type(4).text(m.queue());
    } else if (message instanceof QueueMessage.Unseek m) {
      out.type(5).text(m.queue());
    } else if (message instanceof QueueMessage.State m) {
      out.type(6).number(m.offers().size());
      m.offers().forEach(each -> state(each, out));
    } else if (message instanceof QueueMessage.TookPart m) {
      out.type(7).transaction(m.transaction()).number(m.processes().size());
      m.processes().forEach(out::number);
    } else if (message instanceof QueueMessage.Complete m) {
      request(m.request(), out.type(8).transaction(m.transaction())).bytes(m.completion());
    } else if (message instanceof QueueMessage.Inquire m) {
      request(m.request(), out.type(9)).number(m.node()).number(m.incarnation());
    } else if (message instanceof QueueMessage.Needed m) {
      out.type(10).number(m.client()).number(m.fromSequence());
    } else {
      answer(message, out);
    }
  }

  private static void answer(QueueMessage message, FrameWriter out) {
    if (message instanceof QueueMessage.Admitted m) {
      out.type(11).text(m.socket());
    } else if (message instanceof QueueMessage.Offers m) {
      out.type(12).text(m.queue()).number(m.places().size());
      m.places().forEach(each -> place(each, out));
    } else if (message instanceof QueueMessage.Gone m) {
      out.type(13).number(m.node()).number(m.incarnation());
    } else if (message instanceof QueueMessage.Recorded m) {
      request(m.request(), out.type(14)).text(m.refusal());
    } else if (message instanceof QueueMessage.Found m) {
      request(m.request(), out.type(15)).flag(m.recorded()).bytes(m.completion());
    } else if (message instanceof QueueMessage.Refused m) {
      out.type(21).number(m.count()).text(m.last());
    } else if (message instanceof QueueMessage.Lost m) {
      out.type(20).number(m.node());
    } else if (message instanceof QueueMessage.Between between) {
      onTheWay(between, out);
    }
  }

  private static void onTheWay(QueueMessage.Between message, FrameWriter out) {
    if (message instanceof QueueMessage.Ask m) {
      out.type(16).text(m.queue()).number(m.origin()).number(m.round()).number(m.hops());
    } else if (message instanceof QueueMessage.Unask m) {
      out.type(17).text(m.queue()).number(m.origin()).number(m.round());
    } else if (message instanceof QueueMessage.Relayed m) {
      encode(m.message(), out.type(RELAYED).number(m.from()).number(m.to()).number(m.hops()));
    } else if (message instanceof QueueMessage.Unreachable m) {
      out.type(19).number(m.node());
    } else if (message instanceof QueueMessage.Answer m) {
      out.type(22).text(m.queue()).number(m.round()).number(m.number());
      out.number(m.places().size());
      m.places().forEach(each -> place(each, out));
    } else if (message instanceof QueueMessage.AskAnew m) {
      out.type(23).number(m.origin()).number(m.round());
    }
  }

  private static void state(OfferState s, FrameWriter out) {
    out.number(s.number()).number(s.served()).number(s.failed()).number(s.depth());
    out.number(s.perSecond())
        .number(s.medianMicros())
        .number(s.ninetyNinthMicros())
        .number(s.longestMicros());
  }

  private static void place(Place p, FrameWriter out) {
    out.number(p.node()).number(p.incarnation()).number(p.number());
    out.flag(p.recoverable()).text(p.socket());
  }

  private static FrameWriter request(RequestId id, FrameWriter out) {
    return out.number(id.node()).number(id.incarnation()).text(id.queue()).number(id.sequence());
  }

  static QueueMessage decode(FrameReader in) throws MalformedFrameException {
    return decode(in.type(), in);
  }

  private static QueueMessage decode(int kind, FrameReader in) throws MalformedFrameException {
    return switch (kind) {
      case 1 -> new QueueMessage.Enter();
      case 2 -> new QueueMessage.Offered(in.int32(), in.text(), in.flag(), in.text());
      case 3 -> new QueueMessage.Withdrawn(in.int32());
      case 4 -> new QueueMessage.Seek(in.text());
      case 5 -> new QueueMessage.Unseek(in.text());
      case 6 -> new QueueMessage.State(list(in, QueueCodec::state));
      case 7 -> new QueueMessage.TookPart(in.transaction(), list(in, FrameReader::int32));
      case 8 -> new QueueMessage.Complete(in.transaction(), request(in), in.bytes());
      case 9 -> new QueueMessage.Inquire(request(in), in.number(), in.int32());
      case 10 -> new QueueMessage.Needed(in.int32(), in.number());
      case 11 -> new QueueMessage.Admitted(in.text());
      case 12 -> new QueueMessage.Offers(in.text(), list(in, QueueCodec::place));
      case 13 -> new QueueMessage.Gone(in.number(), in.int32());
      case 14 -> new QueueMessage.Recorded(request(in), in.text());
      case 15 -> new QueueMessage.Found(request(in), in.flag(), in.bytes());
      case 16 -> new QueueMessage.Ask(in.text(), in.number(), in.number(), in.int32());
      case 17 -> new QueueMessage.Unask(in.text(), in.number(), in.number());
      case RELAYED -> relayed(in);
      case 19 -> new QueueMessage.Unreachable(in.number());
      case 22 ->
          new QueueMessage.Answer(in.text(), in.number(), in.number(), list(in, QueueCodec::place));
      case 23 -> new QueueMessage.AskAnew(in.number(), in.number());
      case 21 -> new QueueMessage.Refused(in.number(), in.text());
      case 20 -> new QueueMessage.Lost(in.number());
      default -> throw new MalformedFrameException("nothing is said of queues by " + kind);
    };
  }

  /** One within another would go on for ever. */
  private static QueueMessage relayed(FrameReader in) throws MalformedFrameException {
    long from = in.number();
    long to = in.number();
    int hops = in.int32();
    int kind = in.type();
    QueueMessage message = kind == RELAYED ? null : decode(kind, in);
    if (!(message instanceof QueueMessage.Between between)) {
      throw new MalformedFrameException("what is relayed is not for a node: " + kind);
    }
    return new QueueMessage.Relayed(from, to, hops, between);
  }

  private interface Field<T> {
    T read(FrameReader in) throws MalformedFrameException;
  }

  /** Each takes some bytes, so a large count ends with the frame. */
  private static <T> List<T> list(FrameReader in, Field<T> field) throws MalformedFrameException {
    List<T> list = new ArrayList<>();
    for (int left = in.int32(); left > 0; left--) {
      list.add(field.read(in));
    }
    return list;
  }

  private static OfferState state(FrameReader in) throws MalformedFrameException {
    return new OfferState(
        in.int32(),
        in.number(),
        in.number(),
        in.int32(),
        in.number(),
        in.number(),
        in.number(),
        in.number());
  }

  private static Place place(FrameReader in) throws MalformedFrameException {
    return new Place(in.number(), in.int32(), in.int32(), in.flag(), in.text());
  }

  private static RequestId request(FrameReader in) throws MalformedFrameException {
    return new RequestId(in.number(), in.int32(), in.text(), in.number());
  }
}
