package org.quicksilver.it.subject;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What came over one connection, cut into lines. */
final class Lines {

  private final StringBuilder begun = new StringBuilder();

  /** The lines that are whole now. */
  List<String> add(ByteBuffer bytes) {
    begun.append(StandardCharsets.US_ASCII.decode(bytes));
    List<String> lines = new ArrayList<>();
    for (int end = begun.indexOf("\n"); end >= 0; end = begun.indexOf("\n")) {
      lines.add(begun.substring(0, end));
      begun.delete(0, end + 1);
    }
    return lines;
  }
}
