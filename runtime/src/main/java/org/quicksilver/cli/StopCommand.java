package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code quicksilver stop}. */
@Command(
    name = "stop",
    description = {"Stops the node in order.", "The JVMs go on; the next node takes them over."},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.DENIED_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = "  quicksilver stop")
final class StopCommand extends NodeRequest {

  StopCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() {
    return request("stop");
  }

  @Override
  boolean asOwner() {
    return true;
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    out.println("the node stops");
  }
}
