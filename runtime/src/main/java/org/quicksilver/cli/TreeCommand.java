package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
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

  @Mixin private final Filters filters = new Filters();

  @Option(names = "--ascii", description = "Draw with plain characters.")
  private boolean ascii;

  TreeCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    JsonObject request = request("tree");
    filters.addTo(request);
    return request;
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    TreeDrawing drawing = new TreeDrawing(out, screen().width(), ascii);
    Row.all(result).forEach(drawing::draw);
  }
}
