package org.quicksilver.handle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.quicksilver.transaction.TransactionId;

/** A breadcrumb file of this process, and what a reader finds in it. */
final class CrumbFile implements AutoCloseable {

  static final long NODE = 0x1122334455667788L;
  static final int INCARNATION = 7;
  static final long PID = 4711;

  final Path path;
  final BreadcrumbWriter writer;

  CrumbFile(Path directory) throws IOException {
    path = directory.resolve(INCARNATION + ".crumbs");
    writer = BreadcrumbWriter.create(path, NODE, INCARNATION, PID);
  }

  static TransactionId transaction(long sequence) {
    return new TransactionId(NODE, INCARNATION, sequence);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Opens a file handle; returns its generation. */
  int open(Slot slot, long sequence, String what) {
    return writer.open(
        slot,
        HandleKind.FILE,
        false,
        transaction(sequence),
        1_000 + sequence,
        new SlotImage(1, utf8("main")),
        utf8(what),
        0);
  }

  List<HandleRecord> read() throws IOException {
    return read(path);
  }

  /** All records of a file, in which nothing may be damaged. */
  static List<HandleRecord> read(Path path) throws IOException {
    List<HandleRecord> records = new ArrayList<>();
    try (BreadcrumbReader reader = BreadcrumbReader.open(path)) {
      reader.forEach(records::add);
      if (reader.damaged() != 0) {
        throw new AssertionError(reader.damaged() + " damaged in " + path + " besides " + records);
      }
    }
    return records;
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
