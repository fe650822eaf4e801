package org.quicksilver.node;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ProcessParticipant;

/** Writes the fields of a {@link TransactionImage}. Not thread-safe. */
final class ImageWriter extends DataOutputStream {

  private static final int USUAL_BYTES = 256;

  /** Characters. */
  private static final int LONGEST_REASON = 500;

  private final ByteArrayOutputStream bytes;

  ImageWriter() {
    this(new ByteArrayOutputStream(USUAL_BYTES));
  }

  private ImageWriter(ByteArrayOutputStream bytes) {
    super(bytes);
    this.bytes = bytes;
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  /** Of a text for people its beginning is kept: it may come from anybody, of any length. */
  void writeReason(String reason) throws IOException {
    writeUTF(reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
  }

  void writeEnum(@Nullable Enum<?> value) throws IOException {
    writeByte(value == null ? 0 : value.ordinal() + 1);
  }

  void writeNode(@Nullable NodeId node) throws IOException {
    writeLong(node == null ? 0 : node.value());
  }

  void writeLives(List<NodeParticipant> lives) throws IOException {
    writeInt(lives.size());
    for (NodeParticipant life : lives) {
      writeId(life);
    }
  }

  /** Node (0 for a process), incarnation (0 for none), number (0 for a node). */
  void writeId(@Nullable ParticipantId id) throws IOException {
    if (id instanceof NodeParticipant life) {
      write(life.node().value(), life.incarnation(), 0);
    } else if (id instanceof ProcessParticipant process) {
      write(0, process.incarnation(), process.number());
    } else {
      write(0, 0, 0);
    }
  }

  private void write(long node, int incarnation, int number) throws IOException {
    writeLong(node);
    writeInt(incarnation);
    writeInt(number);
  }
}
