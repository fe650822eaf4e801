package org.quicksilver.node;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.NodeId;
import org.quicksilver.transaction.NodeParticipant;
import org.quicksilver.transaction.ParticipantId;
import org.quicksilver.transaction.ProcessParticipant;

/**
 * Reads the fields of a {@link TransactionImage}; what cannot have been written is refused with an
 * {@link IllegalArgumentException}. Not thread-safe.
 */
final class ImageReader extends DataInputStream {

  ImageReader(byte[] bytes) {
    super(new ByteArrayInputStream(bytes));
  }

  <E extends Enum<E>> @Nullable E readEnumOrNull(E[] values) throws IOException {
    int number = readByte();
    if (number < 0 || number > values.length) {
      throw new IllegalArgumentException("no " + values[0].getDeclaringClass() + ": " + number);
    }
    return number == 0 ? null : values[number - 1];
  }

  <E extends Enum<E>> E readEnum(E[] values) throws IOException {
    return present(readEnumOrNull(values));
  }

  @Nullable NodeId readNode() throws IOException {
    long value = readLong();
    return value == 0 ? null : new NodeId(value);
  }

  List<NodeParticipant> readLives() throws IOException {
    List<NodeParticipant> lives = new ArrayList<>();
    for (int left = readInt(); left > 0; left--) {
      lives.add(readLife());
    }
    return lives;
  }

  NodeParticipant readLife() throws IOException {
    return present(readLifeOrNull());
  }

  @Nullable NodeParticipant readLifeOrNull() throws IOException {
    ParticipantId id = readIdOrNull();
    if (id instanceof ProcessParticipant process) {
      throw new IllegalArgumentException(process + " in the place of a node");
    }
    return (NodeParticipant) id;
  }

  ParticipantId readId() throws IOException {
    return present(readIdOrNull());
  }

  @Nullable ParticipantId readIdOrNull() throws IOException {
    long node = readLong();
    int incarnation = readInt();
    int number = readInt();
    if (node != 0) {
      return new NodeParticipant(new NodeId(node), incarnation);
    }
    return incarnation == 0 ? null : new ProcessParticipant(incarnation, number);
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("a field is missing");
    }
    return value;
  }
}
