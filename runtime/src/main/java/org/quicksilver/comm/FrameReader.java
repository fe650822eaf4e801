package org.quicksilver.comm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.quicksilver.handle.Cause;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.TransactionId;

/** Reads the fields of one frame, and trusts none of them. Not thread-safe. */
final class FrameReader {
  private final ByteBuffer buffer;

  FrameReader(ByteBuffer buffer) {
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
      throw new MalformedFrameException("a text of " + length + " bytes is longer than its frame");
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  String text() throws MalformedFrameException {
    return new String(bytes(), StandardCharsets.UTF_8);
  }

  /** Each takes at least its length field, so a large count ends with the frame. */
  List<String> texts() throws MalformedFrameException {
    List<String> texts = new ArrayList<>();
    for (int left = int32(); left > 0; left--) {
      texts.add(text());
    }
    return texts;
  }

  List<Integer> int32s() throws MalformedFrameException {
    List<Integer> numbers = new ArrayList<>();
    for (int left = int32(); left > 0; left--) {
      numbers.add(int32());
    }
    return numbers;
  }

  NodeParticipant node() throws MalformedFrameException {
    return new NodeParticipant(new NodeId(number()), int32());
  }

  TransactionId transaction() {
    return new TransactionId(buffer.getLong(), buffer.getInt(), buffer.getLong());
  }

  <E> E oneOf(E[] values) throws MalformedFrameException {
    int ordinal = int32();
    if (ordinal < 0 || ordinal >= values.length) {
      throw new MalformedFrameException(
          "no " + values[0].getClass().getSimpleName() + " has the number " + ordinal);
    }
    return values[ordinal];
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
        text(),
        Cause.UNKNOWN,
        text());
  }
}
