package org.quicksilver.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Walks over the records of one segment until there is none. Not thread-safe. */
final class RecordCursor {

  private final RecordFormat format;
  private final ByteBuffer image;
  private int offset;
  private int position;

  RecordCursor(RecordFormat format, ByteBuffer image, int from) {
    this.format = format;
    this.image = image;
    this.offset = from;
    this.position = from;
  }

  /** Goes on to the next record; false, and stays, if what follows is no whole record. */
  boolean next() {
    if (!format.isRecord(image, position)) {
      return false;
    }
    offset = position;
    position = (int) RecordFormat.end(image, offset);
    return true;
  }

  /** Where this record begins. */
  int offset() {
    return offset;
  }

  /** Where the next record would begin. */
  int position() {
    return position;
  }

  RecordType type() {
    return Objects.requireNonNull(RecordType.of(image.get(offset + RecordFormat.TYPE_AT)));
  }

  long lsn() {
    return image.getLong(offset + RecordFormat.LSN_AT);
  }

  /** Bytes of it, all parts counted. */
  int size() {
    return position - offset;
  }

  int payloadLength() {
    return image.getInt(offset + RecordFormat.LENGTH_AT);
  }

  /** Whether it is a record of this participant. */
  boolean isOf(LogParticipant participant) {
    String name = participant.name();
    if (type() != RecordType.DATA || nameLength() != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (image.get(offset + RecordFormat.HEADER + i) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Who wrote it; for records of participants only. */
  LogParticipant participant() {
    return new LogParticipant(name());
  }

  private String name() {
    byte[] name = new byte[nameLength()];
    image.get(offset + RecordFormat.HEADER, name);
    return new String(name, StandardCharsets.US_ASCII);
  }

  private int nameLength() {
    return image.get(offset + RecordFormat.NAME_LENGTH_AT);
  }

  /** A copy of the payload. */
  byte[] payload() {
    byte[] payload = new byte[payloadLength()];
    image.get(offset + RecordFormat.HEADER + nameLength(), payload);
    return payload;
  }
}
