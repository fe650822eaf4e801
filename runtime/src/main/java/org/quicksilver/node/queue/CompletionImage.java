package org.quicksilver.node.queue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.quicksilver.comm.QueueMessage.RequestId;
import org.quicksilver.transaction.TransactionId;

/**
 * What is recorded of completions, as bytes.
 *
 * <pre>
 *   part      1, request, server, transaction, number of the part, parts, bytes of the completion
 *   recorded  2, request, transaction: it has committed
 *   needed    3, node, incarnation, sequence: that client needs those below no more
 * </pre>
 */
final class CompletionImage {

  private static final int PART = 1;
  private static final int RECORDED = 2;
  private static final int NEEDED = 3;

  /** One of them. */
  sealed interface Item {

    /** A part of a completion, in the order of their numbers, from 0. */
    record Part(CompletionEntry entry, int number, int parts) implements Item {}

    /** The transaction of a completion has committed. */
    record Recorded(RequestId request, TransactionId transaction) implements Item {}

    /** A client needs the completions of its requests below a sequence number no more. */
    record Needed(long node, int client, long fromSequence) implements Item {}
  }

  private interface Fields {
    void write(DataOutputStream out) throws IOException;
  }

  private CompletionImage() {}

  private static byte[] image(int kind, Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(kind);
      fields.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] part(CompletionEntry entry, int number, int parts, int from, int length) {
    return image(
        PART,
        out -> {
          write(entry.request(), out);
          out.writeInt(entry.server());
          write(entry.transaction(), out);
          out.writeInt(number);
          out.writeInt(parts);
          out.write(entry.completion(), from, length);
        });
  }

  static byte[] recorded(CompletionEntry entry) {
    return image(
        RECORDED,
        out -> {
          write(entry.request(), out);
          write(entry.transaction(), out);
        });
  }

  static byte[] needed(long node, int client, long fromSequence) {
    return image(
        NEEDED,
        out -> {
          out.writeLong(node);
          out.writeInt(client);
          out.writeLong(fromSequence);
        });
  }

  private static void write(RequestId id, DataOutputStream out) throws IOException {
    out.writeLong(id.node());
    out.writeInt(id.incarnation());
    out.writeUTF(id.queue());
    out.writeLong(id.sequence());
  }

  private static void write(TransactionId id, DataOutputStream out) throws IOException {
    out.writeLong(id.node());
    out.writeInt(id.incarnation());
    out.writeLong(id.sequence());
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none
   */
  static Item read(byte[] image) {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(image));
    try {
      int kind = in.readByte();
      return switch (kind) {
        case PART -> part(in);
        case RECORDED -> new Item.Recorded(request(in), transaction(in));
        case NEEDED -> new Item.Needed(in.readLong(), in.readInt(), in.readLong());
        default -> throw new IllegalArgumentException("nothing of a completion: kind " + kind);
      };
    } catch (IOException e) {
      throw new IllegalArgumentException("the record of a completion ends early", e);
    }
  }

  private static Item part(DataInputStream in) throws IOException {
    RequestId request = request(in);
    int server = in.readInt();
    TransactionId transaction = transaction(in);
    int number = in.readInt();
    int parts = in.readInt();
    CompletionEntry entry =
        new CompletionEntry(request, server, transaction, false, in.readAllBytes());
    return new Item.Part(entry, number, parts);
  }

  private static RequestId request(DataInputStream in) throws IOException {
    return new RequestId(in.readLong(), in.readInt(), in.readUTF(), in.readLong());
  }

  private static TransactionId transaction(DataInputStream in) throws IOException {
    return new TransactionId(in.readLong(), in.readInt(), in.readLong());
  }
}
