package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code quicksilver explain}. */
@Command(
    name = "explain",
    description = {
      "Says why a handle belongs to what it belongs to.",
      "Its transaction, how the thread that opened it came to that, the scope rule and the policy "
          + "that are about it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      "5:There is no such handle.",
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver handles --stacks", "  quicksilver explain 4711:5"})
final class ExplainCommand extends NodeRequest {

  @Parameters(
      paramLabel = "HANDLE",
      description = "Process ID and slot, as 'handles --stacks' shows them: 4711:5.")
  private String handle = "";

  ExplainCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    int colon = handle.indexOf(':');
    JsonObject request = request("explain");
    try {
      request.addProperty(
          "jvm", Long.toString(Long.parseLong(handle.substring(0, Math.max(0, colon)))));
      request.addProperty("slot", Integer.parseInt(handle.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new CommandException(
          ExitCode.USAGE, "not a handle: '" + handle + "'; write process ID and slot, 4711:5", e);
    }
    return request;
  }

  @Override
  void show(JsonElement result, PrintWriter out) {
    Row explained = new Row(result.getAsJsonObject());
    Row subject = explained.row("handle");
    out.println(subject.word("kind") + " " + subject.text("what"));
    explained.texts("because").forEach(sentence -> out.println("  " + sentence));
    Opening.lines(subject, screen().clock().getZone()).forEach(line -> out.println("  " + line));
  }
}
