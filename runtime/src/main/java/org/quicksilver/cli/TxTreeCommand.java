package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quicksilver tx tree}. */
@Command(
    name = "tree",
    description = {
      "Draws transactions over nodes and processes: who decides, who reports to whom, who takes "
          + "part how and has voted what.",
      "Subordinate nodes are asked for their own parts; of a superior only the name is known here."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.NOT_FOUND_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  quicksilver tx tree --programs",
      "  quicksilver tx tree 00c0ffee00c0ffee-00000007-2a --ascii"
    })
final class TxTreeCommand extends NodeRequest {

  @Parameters(
      arity = "0..1",
      paramLabel = "TID",
      description = "The transaction, as tx list shows it (default: all that are under way).")
  private @Nullable String transaction;

  @Option(
      names = "--programs",
      description = "Only those begun by programs that know of transactions.")
  private boolean programs;

  @Option(names = "--ascii", description = "Draw with plain characters.")
  private boolean ascii;

  TxTreeCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    JsonObject request =
        transaction == null
            ? request("transaction-tree")
            : TxRequest.about("transaction-tree", transaction);
    request.addProperty("programs", programs);
    return request;
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    List<Row> trees = Row.all(result);
    TxDrawing drawing =
        new TxDrawing(new ItemTree(out, screen().width(), ascii || !screen().lines()));
    trees.forEach(drawing::draw);
    if (trees.isEmpty()) {
      out.println("no transactions");
    }
  }
}
