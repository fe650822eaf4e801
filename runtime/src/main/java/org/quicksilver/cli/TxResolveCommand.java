package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code quicksilver tx resolve}. */
@Command(
    name = "resolve",
    description = {
      "Decides a transaction that is in doubt: prepared, and its superior out of reach.",
      "The word is forced to the log, then done, and compared with the true outcome when that "
          + "comes: if it was another one, the damage is reported in the node's log, by tx show "
          + "and by stats, and what was done is not undone. "
          + "Needs the secret of the owner, a file in the home."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.NOT_FOUND_HELP,
      ExitCode.DENIED_HELP,
      "7:Refused: it is not in doubt.",
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = "  quicksilver tx resolve 00c0ffee00c0ffee-00000007-2a abort")
final class TxResolveCommand extends TxRequest {

  private enum Decision {
    commit,
    abort
  }

  @Parameters(index = "1", paramLabel = "commit|abort", description = "What to do here.")
  private Decision decision = Decision.abort;

  TxResolveCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    JsonObject request = about("resolve");
    request.addProperty("outcome", decision.name());
    return request;
  }

  @Override
  boolean asOwner() {
    return true;
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    Row row = new Row(result.getAsJsonObject());
    out.println(
        "resolved "
            + transaction()
            + ": "
            + row.word("outcome")
            + " here; compared with the true outcome when that comes");
  }
}
