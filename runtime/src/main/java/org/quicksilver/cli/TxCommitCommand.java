package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code quicksilver tx commit}. */
@Command(
    name = "commit",
    description = {
      "Commits a transaction in place of its owner, and waits for the outcome.",
      "Only at the node of its owner, and only one that a program began and that has not failed. "
          + "Requests that the owner still has open are not looked at. "
          + "Needs the secret of the owner, a file in the home."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:It is committed.",
      "1:It was aborted instead, or is not decided yet; the message says so.",
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.NOT_FOUND_HELP,
      ExitCode.DENIED_HELP,
      ExitCode.REFUSED_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = "  quicksilver tx commit 00c0ffee00c0ffee-00000007-2a")
final class TxCommitCommand extends TxRequest {

  TxCommitCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    return about("commit");
  }

  @Override
  boolean asOwner() {
    return true;
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    Row row = new Row(result.getAsJsonObject());
    switch (row.text("outcome")) {
      case "COMMITTED" -> out.println("committed " + transaction());
      case "" -> out.println("not decided yet: " + transaction() + " is " + row.word("phase"));
      default ->
          out.println(
              row.word("outcome")
                  + " "
                  + transaction()
                  + ": "
                  + String.join("; ", row.texts("reasons")));
    }
  }

  @Override
  int exitCode(JsonElement result) {
    boolean committed = new Row(result.getAsJsonObject()).text("outcome").equals("COMMITTED");
    return committed ? ExitCode.OK : ExitCode.FOUND;
  }
}
