package org.quicksilver.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.quicksilver.memory.LogInspection;
import org.quicksilver.memory.LogLine;
import picocli.CommandLine.Command;

/** {@code quicksilver memory log}. */
@Command(
    name = "log",
    description = {
      "Prints what is in a log, one line for each range, up to its end or the first damage.",
      "Of LRVM: what is committed or prepared and not yet in the segments. Of Vista: what is to be "
          + "undone, and what is undecided."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      "1:The log is damaged; what is before that was printed.",
      ExitCode.USAGE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver memory log bank.log", "  quicksilver memory log bank.log --json"})
final class MemoryLogCommand extends MemoryAction {

  private static final String NONE = "-";

  MemoryLogCommand(Screen screen) {
    super(screen);
  }

  @Override
  int perform(Path log, Screen to, boolean asJson) {
    try (LogInspection inspection = inspect(log)) {
      Optional<String> damage = inspection.damage();
      if (asJson) {
        to.out().println(gson().toJson(json(inspection, damage)));
      } else {
        print(inspection, to);
        damage.ifPresent(each -> to.err().println("quicksilver: " + each));
      }
      return damage.isPresent() ? ExitCode.FOUND : ExitCode.OK;
    }
  }

  private static void print(LogInspection inspection, Screen to) {
    Table table =
        new Table(
            Table.Column.number("POSITION"),
            Table.Column.number("TRANSACTION"),
            Table.Column.text("WHAT"),
            Table.Column.number("OFFSET"),
            Table.Column.number("LENGTH"),
            Table.Column.path("SEGMENT"));
    inspection.forEachLine(
        line ->
            table.row(
                line.position(),
                line.transaction(),
                line.what(),
                line.segment().isPresent() ? line.offset() : NONE,
                line.length(),
                line.segment().map(Path::toString).orElse(NONE)));
    table.print(to.out(), to.width(), "the log is empty");
  }

  private static JsonObject json(LogInspection inspection, Optional<String> damage) {
    JsonArray lines = new JsonArray();
    inspection.forEachLine(line -> lines.add(json(line)));
    JsonObject object = new JsonObject();
    object.add("lines", lines);
    object.addProperty("damage", damage.orElse(null));
    return object;
  }

  private static JsonObject json(LogLine line) {
    JsonObject object = new JsonObject();
    object.addProperty("position", line.position());
    object.addProperty("transaction", line.transaction());
    object.addProperty("what", line.what());
    object.addProperty("length", line.length());
    if (line.segment().isPresent()) {
      object.addProperty("offset", line.offset());
      object.addProperty("segment", line.segment().get().toString());
    } else {
      object.add("segment", JsonNull.INSTANCE);
    }
    return object;
  }
}
