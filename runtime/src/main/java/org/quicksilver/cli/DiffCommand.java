package org.quicksilver.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.quicksilver.cli.Table.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quicksilver diff}. */
@Command(
    name = "diff",
    description = {
      "Compares two dumps of handles, by the stacks that opened them.",
      "A dump is what 'handles --json' or 'leaks --json' prints, or what an agent writes when "
          + "descriptors run out."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:No stack has more handles open in the second.",
      "1:Some have.",
      ExitCode.USAGE_HELP,
      "5:There is no such file.",
      "10:A file is no dump of handles, or cannot be read; the message says which."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  quicksilver handles --jvm 4711 --json > before",
      "  quicksilver handles --jvm 4711 --json > after",
      "  quicksilver diff before after --stacks"
    })
final class DiffCommand implements Callable<Integer> {

  /** How many handles a stack had open in each. */
  private record Change(StackGroups.Key key, int before, int after) {
    int difference() {
      return after - before;
    }
  }

  private final Screen screen;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "The first dump.")
  private Path before = Path.of("");

  @Parameters(index = "1", paramLabel = "AFTER", description = "The second.")
  private Path after = Path.of("");

  @Option(names = "--stacks", description = "Below each: the opening stack.")
  private boolean stacks;

  @Option(names = "--json", description = "Print the changes as JSON.")
  private boolean json;

  DiffCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws CommandException {
    List<Change> changes = changes(StackGroups.of(read(before)), StackGroups.of(read(after)));
    if (json) {
      screen.out().println(toJson(changes));
    } else {
      show(changes);
    }
    return changes.stream().anyMatch(c -> c.difference() > 0) ? ExitCode.FOUND : ExitCode.OK;
  }

  private static List<Row> read(Path file) throws CommandException {
    if (!Files.exists(file)) {
      throw new CommandException(ExitCode.NOT_FOUND, "there is no file " + file);
    }
    try {
      JsonElement dump = JsonParser.parseString(Files.readString(file));
      if (isDump(dump)) {
        return Row.all(dump);
      }
    } catch (CharacterCodingException | JsonParseException e) {
      throw noDump(file, e);
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.FAILED, "cannot read " + file + ": name a file that this user may read", e);
    }
    throw noDump(file, null);
  }

  /** Other lists, of JVMs or of groups, have no stack, or do not say of what. */
  private static boolean isDump(JsonElement json) {
    return json.isJsonArray()
        && json.getAsJsonArray().asList().stream()
            .allMatch(e -> e.isJsonObject() && isHandle(new Row(e.getAsJsonObject())));
  }

  private static boolean isHandle(Row row) {
    return !row.text("kind").isEmpty()
        && row.json().has("what")
        && row.json().get("stack") instanceof JsonArray;
  }

  private static CommandException noDump(Path file, @Nullable Throwable cause) {
    return new CommandException(
        ExitCode.FAILED,
        file
            + " is no dump of handles: make one with 'handles --json', or take one from the"
            + " directory dumps of the home",
        cause);
  }

  /** Only what differs, the greatest growth first. */
  private static List<Change> changes(
      Map<StackGroups.Key, List<Row>> before, Map<StackGroups.Key, List<Row>> after) {
    Set<StackGroups.Key> keys = new LinkedHashSet<>(after.keySet());
    keys.addAll(before.keySet());
    List<Change> changes = new ArrayList<>();
    for (StackGroups.Key key : keys) {
      int then = before.getOrDefault(key, List.of()).size();
      int now = after.getOrDefault(key, List.of()).size();
      if (then != now) {
        changes.add(new Change(key, then, now));
      }
    }
    changes.sort(Comparator.comparing(change -> -change.difference()));
    return changes;
  }

  private void show(List<Change> changes) {
    Table table =
        new Table(
            Column.number("CHANGE"),
            Column.number("BEFORE"),
            Column.number("AFTER"),
            Column.text("KIND"),
            Column.path("OPENED BY"));
    for (Change change : changes) {
      List<String> stack = change.key().stack();
      String sign = change.difference() > 0 ? "+" : "";
      table.row(
          sign + change.difference(),
          change.before(),
          change.after(),
          change.key().kind(),
          Frames.opener(stack));
      if (stacks) {
        table.below(stack.stream().map(frame -> "  at " + Frames.plain(frame)).toList());
      }
    }
    table.print(screen.out(), screen.width(), "no difference");
  }

  private static JsonArray toJson(List<Change> changes) {
    JsonArray array = new JsonArray();
    for (Change change : changes) {
      JsonObject object = new JsonObject();
      object.addProperty("kind", change.key().kind());
      object.addProperty("before", change.before());
      object.addProperty("after", change.after());
      JsonArray stack = new JsonArray();
      change.key().stack().forEach(stack::add);
      object.add("stack", stack);
      array.add(object);
    }
    return array;
  }
}
