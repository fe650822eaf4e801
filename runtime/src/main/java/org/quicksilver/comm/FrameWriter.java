package org.quicksilver.comm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.TransactionId;

/** One frame in the making; grows as needed, up to the longest. Not thread-safe. */
final class FrameWriter {
  private ByteBuffer buffer = ByteBuffer.allocate(256).position(4);

  FrameWriter type(int type) {
    room(1).put((byte) type);
    return this;
  }

  FrameWriter number(long value) {
    room(8).putLong(value);
    return this;
  }

  FrameWriter flag(boolean value) {
    room(1).put((byte) (value ? 1 : 0));
    return this;
  }

  FrameWriter text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  FrameWriter bytes(byte[] bytes) {
    room(4 + bytes.length).putInt(bytes.length).put(bytes);
    return this;
  }

  FrameWriter texts(List<String> texts) {
    number(texts.size());
    texts.forEach(this::text);
    return this;
  }

  FrameWriter node(NodeParticipant node) {
    return number(node.node().value()).number(node.incarnation());
  }

  FrameWriter transaction(TransactionId id) {
    room(20).putLong(id.node()).putInt(id.incarnation()).putLong(id.sequence());
    return this;
  }

  FrameWriter handle(HandleRecord h) {
    number(h.slot()).number(h.generation()).number(h.kind().code()).flag(h.accepted());
    transaction(h.transaction()).number(h.openedAtMillis()).text(h.thread()).text(h.what());
    return flag(h.exact()).number(h.extra()).text(h.stack()).text(h.trace());
  }

  private ByteBuffer room(int bytes) {
    if (buffer.position() - Integer.BYTES + bytes > MessageCodec.LONGEST_FRAME) {
      throw new IllegalArgumentException(
          "a message of more than "
              + MessageCodec.LONGEST_FRAME
              + " bytes; narrow the request with a filter");
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
