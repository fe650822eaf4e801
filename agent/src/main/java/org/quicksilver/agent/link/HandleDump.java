package org.quicksilver.agent.link;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.quicksilver.agent.track.Handle;
import org.quicksilver.agent.track.Handles;
import org.quicksilver.config.Home;
import org.quicksilver.handle.HandleRecord;

/**
 * Writes the list of all open handles into a file of its own in the home, as {@code quicksilver
 * handles --json} prints it. Needs one descriptor and no node.
 */
final class HandleDump {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final Home home;
  private final AgentLink.Identity identity;

  HandleDump(Home home, AgentLink.Identity identity) {
    this.home = home;
    this.identity = identity;
  }

  /** Returns the file: whole, or not there. */
  Path write(Handles handles) throws IOException {
    Path directory = home.dumps();
    String name = identity.pid() + "-" + TIME.format(Instant.now());
    Path file = directory.resolve(name + ".json");
    Path aside = directory.resolve(name + ".part");
    StringBuilder text = new StringBuilder("[");
    long now = System.currentTimeMillis();
    handles.forEach(handle -> append(text, handle, now));
    text.append("\n]\n");
    Files.deleteIfExists(aside);
    Files.createFile(aside, Home.ownerOnlyFile());
    try (Writer writer = Files.newBufferedWriter(aside, StandardCharsets.UTF_8)) {
      writer.append(text);
    }
    return Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void append(StringBuilder text, Handle handle, long now) {
    HandleRecord record = handle.toRecord();
    text.append(text.length() > 1 ? ",\n" : "\n").append("{\"pid\":").append(identity.pid());
    text.append(",\"incarnation\":").append(Integer.toUnsignedLong(identity.incarnation()));
    text.append(",\"slot\":").append(record.slot());
    text(text.append(",\"kind\":"), record.kind().name());
    text(text.append(",\"what\":"), record.what());
    text(text.append(",\"transaction\":"), record.transaction().toString());
    text(text.append(",\"openedAt\":"), Instant.ofEpochMilli(record.openedAtMillis()).toString());
    text.append(",\"ageMillis\":").append(Math.max(0, now - record.openedAtMillis()));
    text(text.append(",\"thread\":"), record.thread());
    text.append(",\"accepted\":").append(record.accepted()).append(",\"stack\":[");
    String separator = "";
    for (String frame : record.stack().split("\n")) {
      if (!frame.isEmpty()) {
        text(text.append(separator), frame);
        separator = ",";
      }
    }
    text(text.append("],\"trace\":"), record.trace());
    text.append('}');
  }

  private static void text(StringBuilder json, String value) {
    json.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
