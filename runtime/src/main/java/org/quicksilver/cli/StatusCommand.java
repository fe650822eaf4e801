package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code quicksilver status}. */
@Command(
    name = "status",
    description = "Says which node runs, since when, and what it has counted.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = "  quicksilver status")
final class StatusCommand extends NodeRequest {

  StatusCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() {
    return request("status");
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    if (!result.isJsonObject()) {
      return;
    }
    JsonObject status = result.getAsJsonObject();
    int width = status.keySet().stream().mapToInt(String::length).max().orElse(0);
    for (String key : status.keySet()) {
      JsonElement value = status.get(key);
      String text = value.isJsonPrimitive() ? value.getAsString() : value.toString();
      out.println(key + " ".repeat(width - key.length() + 2) + Shortening.oneLine(text));
    }
  }
}
