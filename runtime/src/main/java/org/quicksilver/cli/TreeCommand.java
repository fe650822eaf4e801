package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code quicksilver tree}. */
@Command(
    name = "tree",
    description = {
      "Draws the transactions over the JVMs.",
      "Who owns each, who takes part over which connection, and the handles that " + "hang on it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  quicksilver tree",
      "  quicksilver tree --jvm 4711 --ascii",
      "  quicksilver tree --transaction 00c0ffee00c0ffee-00000007-2a"
    })
final class TreeCommand extends NodeRequest {

  private static final int USUAL_HANDLES = 20;

  @Mixin private final Filters filters = new Filters();

  @Option(names = "--ascii", description = "Draw with plain characters.")
  private boolean ascii;

  @Option(
      names = "--handles",
      paramLabel = "N",
      description =
          "At most so many handles of each JVM (default: 20; with --json 100, 1000 at most).")
  private @Nullable Integer handles;

  TreeCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    JsonObject request = request("tree");
    filters.addTo(request);
    if (handles != null) {
      request.addProperty("handles", handles);
    }
    return request;
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    List<Row> trees = Row.all(result);
    TreeDrawing drawing =
        new TreeDrawing(
            out,
            screen().width(),
            ascii || !screen().lines(),
            handles == null ? USUAL_HANDLES : handles);
    trees.forEach(drawing::draw);
    if (trees.isEmpty()) {
      out.println("no transactions");
    }
  }
}
