package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code quicksilver abort}. */
@Command(
    name = "abort",
    description = {
      "Aborts a transaction, as if its owner had died.",
      "Every participant is told, and what is still open is handled by policy. "
          + "Needs the secret of the owner, a file in the home."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.NOT_FOUND_HELP,
      ExitCode.DENIED_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  quicksilver abort 00c0ffee00c0ffee-00000007-2a",
      "  quicksilver tx abort 00c0ffee00c0ffee-00000007-2a"
    })
final class AbortCommand extends TxRequest {

  AbortCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    return about("abort");
  }

  @Override
  boolean asOwner() {
    return true;
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    out.println("aborted " + transaction());
  }
}
