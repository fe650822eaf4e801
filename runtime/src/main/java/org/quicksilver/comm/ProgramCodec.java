package org.quicksilver.comm;

import org.quicksilver.comm.ProgramMessage.Notice;
import org.quicksilver.transaction.DeathEffect;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.ParticipationClass;
import org.quicksilver.transaction.Vote;

/** {@link ProgramMessage}s to fields and back; their types are 32 and above. */
final class ProgramCodec {

  private ProgramCodec() {}

  static void encode(ProgramMessage message, FrameWriter out) {
    if (message instanceof ProgramMessage.Begin m) {
      out.type(32).transaction(m.transaction()).flag(m.again());
    } else if (message instanceof ProgramMessage.Enlist m) {
      out.type(33).transaction(m.transaction()).number(m.number());
      out.number(m.participation().ordinal()).number(m.onDeath().ordinal()).number(m.via());
    } else if (message instanceof ProgramMessage.Enlisted m) {
      out.type(34).transaction(m.transaction()).number(m.number()).text(m.refusal());
    } else if (message instanceof ProgramMessage.Commit m) {
      out.type(35).transaction(m.transaction()).number(m.openRequests());
      out.number(m.parts().size());
      m.parts().forEach(out::number);
    } else if (message instanceof ProgramMessage.Abort m) {
      out.type(36).transaction(m.transaction()).text(m.reason());
    } else if (message instanceof ProgramMessage.Decided m) {
      out.type(37).transaction(m.transaction()).number(m.outcome().ordinal());
      out.texts(m.reasons());
    } else if (message instanceof ProgramMessage.CommitRefused m) {
      out.type(38).transaction(m.transaction()).text(m.reason());
    } else if (message instanceof ProgramMessage.Notify m) {
      out.type(39).transaction(m.transaction()).number(m.number());
      out.number(m.notice().ordinal()).number(m.round());
    } else if (message instanceof ProgramMessage.VoteCast m) {
      out.type(40).transaction(m.transaction()).number(m.number());
      out.number(m.vote().ordinal()).number(m.round()).text(m.reason());
    } else if (message instanceof ProgramMessage.Told m) {
      out.type(41).transaction(m.transaction()).number(m.number());
    } else if (message instanceof ProgramMessage.Fail m) {
      out.type(42).transaction(m.transaction()).number(m.number()).text(m.reason());
    } else if (message instanceof ProgramMessage.Resume m) {
      out.type(43).transaction(m.transaction()).number(m.formerIncarnation());
      out.number(m.formerNumber()).number(m.number());
    } else if (message instanceof ProgramMessage.Join m) {
      out.type(44).transaction(m.transaction()).number(m.via());
    } else if (message instanceof ProgramMessage.HandOver m) {
      out.type(45).transaction(m.transaction()).number(m.node());
    } else if (message instanceof ProgramMessage.Transfer m) {
      out.type(46).transaction(m.transaction()).number(m.node()).number(m.process());
    } else if (message instanceof ProgramMessage.Handed m) {
      out.type(47).transaction(m.transaction()).flag(m.ownership()).text(m.refusal());
    } else if (message instanceof ProgramMessage.Leave) {
      out.type(49);
    } else if (message instanceof ProgramMessage.Owned m) {
      out.type(48).transaction(m.transaction());
    } else if (message instanceof ProgramMessage.Inquire m) {
      out.type(50).transaction(m.transaction()).number(m.number());
    } else if (message instanceof ProgramMessage.OfQueues m) {
      QueueCodec.encode(m.message(), out.type(51));
    } else if (message instanceof ProgramMessage.QueueNews m) {
      QueueCodec.encode(m.message(), out.type(52));
    } else if (message instanceof ProgramMessage.Ended m) {
      out.type(53).transaction(m.transaction());
    }
  }

  static ProgramMessage decode(int type, FrameReader in) throws MalformedFrameException {
    return switch (type) {
      case 32 -> new ProgramMessage.Begin(in.transaction(), in.flag());
      case 33 ->
          new ProgramMessage.Enlist(
              in.transaction(),
              in.int32(),
              in.oneOf(ParticipationClass.values()),
              in.oneOf(DeathEffect.values()),
              in.number());
      case 34 -> new ProgramMessage.Enlisted(in.transaction(), in.int32(), in.text());
      case 35 -> new ProgramMessage.Commit(in.transaction(), in.int32(), in.int32s());
      case 36 -> new ProgramMessage.Abort(in.transaction(), in.text());
      case 37 ->
          new ProgramMessage.Decided(in.transaction(), in.oneOf(Outcome.values()), in.texts());
      case 38 -> new ProgramMessage.CommitRefused(in.transaction(), in.text());
      case 39 ->
          new ProgramMessage.Notify(
              in.transaction(), in.int32(), in.oneOf(Notice.values()), in.int32());
      case 40 ->
          new ProgramMessage.VoteCast(
              in.transaction(), in.int32(), in.oneOf(Vote.values()), in.int32(), in.text());
      case 41 -> new ProgramMessage.Told(in.transaction(), in.int32());
      case 42 -> new ProgramMessage.Fail(in.transaction(), in.int32(), in.text());
      case 43 -> new ProgramMessage.Resume(in.transaction(), in.int32(), in.int32(), in.int32());
      case 44 -> new ProgramMessage.Join(in.transaction(), in.number());
      case 45 -> new ProgramMessage.HandOver(in.transaction(), in.number());
      case 46 -> new ProgramMessage.Transfer(in.transaction(), in.number(), in.int32());
      case 47 -> new ProgramMessage.Handed(in.transaction(), in.flag(), in.text());
      case 49 -> new ProgramMessage.Leave();
      case 50 -> new ProgramMessage.Inquire(in.transaction(), in.int32());
      case 48 -> new ProgramMessage.Owned(in.transaction());
      case 51 -> new ProgramMessage.OfQueues(of(QueueMessage.ToNode.class, in));
      case 52 -> new ProgramMessage.QueueNews(of(QueueMessage.ToProgram.class, in));
      case 53 -> new ProgramMessage.Ended(in.transaction());
      default -> throw new MalformedFrameException("no message has the type " + type);
    };
  }

  private static <T> T of(Class<T> direction, FrameReader in) throws MalformedFrameException {
    QueueMessage message = QueueCodec.decode(in);
    if (!direction.isInstance(message)) {
      throw new MalformedFrameException("a " + message.getClass() + " goes another way");
    }
    return direction.cast(message);
  }
}
