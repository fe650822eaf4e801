package org.quicksilver.comm;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.Message;
import org.quicksilver.transaction.Message.HandOver;
import org.quicksilver.transaction.Message.VoteRequest;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.Outcome;
import org.quicksilver.transaction.Vote;

/**
 * What transaction managers say to each other, to fields and back. A node ID of 0 stands for none.
 */
final class TransactionCodec {

  private TransactionCodec() {}

  static void encode(Message message, FrameWriter out) {
    if (message instanceof VoteRequest m) {
      out.type(1).number(m.round()).number(value(m.coordinator())).number(m.witnesses().size());
      m.witnesses().forEach(out::node);
    } else if (message instanceof Message.Ending) {
      out.type(2);
    } else if (message instanceof Message.End m) {
      out.type(3).number(m.outcome().ordinal()).flag(m.isHeuristic()).texts(m.reasons());
    } else if (message instanceof Message.VoteCast m) {
      out.type(4).number(m.vote().ordinal()).number(m.round()).texts(m.reasons());
    } else if (message instanceof Message.EndAck) {
      out.type(5);
    } else if (message instanceof Message.Failed m) {
      out.type(6).text(m.reason()).flag(m.terminate());
    } else if (message instanceof Message.Inquire m) {
      out.type(7).number(value(m.coordinator()));
    } else if (message instanceof Message.OutcomeIs m) {
      out.type(8).number(m.outcome().ordinal());
    } else if (message instanceof Message.JoinRefused m) {
      out.type(9).text(m.reason());
    } else if (message instanceof Message.OwnerCommits) {
      out.type(10);
    } else if (message instanceof HandOver m) {
      out.type(11).number(m.term()).texts(m.failures()).flag(m.ownerIsBehindSender());
    } else if (message instanceof Message.HandOverTaken m) {
      out.type(12).number(m.term());
    } else if (message instanceof Message.HandOverRefused m) {
      out.type(13).number(m.term());
    } else if (message instanceof Message.Fenced) {
      out.type(14);
    } else if (message instanceof Message.OwnershipHanded m) {
      out.type(15).number(m.process()).number(m.move());
    } else if (message instanceof Message.OwnershipTaken m) {
      out.type(16).number(m.move());
    } else if (message instanceof Message.OwnershipRefused m) {
      out.type(17).number(m.move());
    } else {
      throw new IllegalArgumentException("no code for a " + message.getClass().getName());
    }
  }

  private static long value(@Nullable NodeId node) {
    return node == null ? 0 : node.value();
  }

  static Message decode(FrameReader in) throws MalformedFrameException {
    int type = in.type();
    return switch (type) {
      case 1 -> voteRequest(in);
      case 2 -> new Message.Ending();
      case 3 -> end(in);
      case 4 -> new Message.VoteCast(in.oneOf(Vote.values()), in.int32(), in.texts());
      case 5 -> new Message.EndAck();
      case 6 -> new Message.Failed(in.text(), in.flag());
      case 7 -> new Message.Inquire(node(in));
      case 8 -> new Message.OutcomeIs(in.oneOf(Outcome.values()));
      case 9 -> new Message.JoinRefused(in.text());
      case 10 -> new Message.OwnerCommits();
      case 11 -> new HandOver(in.int32(), in.texts(), in.flag());
      case 12 -> new Message.HandOverTaken(in.int32());
      case 13 -> new Message.HandOverRefused(in.int32());
      case 14 -> new Message.Fenced();
      case 15 -> new Message.OwnershipHanded(in.int32(), in.int32());
      case 16 -> new Message.OwnershipTaken(in.int32());
      case 17 -> new Message.OwnershipRefused(in.int32());
      default -> throw new MalformedFrameException("transactions have no message " + type);
    };
  }

  private static Message end(FrameReader in) throws MalformedFrameException {
    Outcome outcome = in.oneOf(Outcome.values());
    boolean isHeuristic = in.flag();
    return new Message.End(outcome, in.texts(), isHeuristic);
  }

  private static Message voteRequest(FrameReader in) throws MalformedFrameException {
    int round = in.int32();
    NodeId coordinator = node(in);
    List<NodeParticipant> witnesses = new ArrayList<>();
    for (int left = in.int32(); left > 0; left--) {
      witnesses.add(in.node());
    }
    return new VoteRequest(round, witnesses, coordinator);
  }

  private static @Nullable NodeId node(FrameReader in) {
    long value = in.number();
    return value == 0 ? null : new NodeId(value);
  }
}
