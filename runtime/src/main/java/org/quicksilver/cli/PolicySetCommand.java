package org.quicksilver.cli;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.quicksilver.handle.Policies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code quicksilver policy set}. */
@Command(
    name = "set",
    description = {
      "Replaces the policies of the node, for all its JVMs and at once.",
      "Needs the secret of the owner, a file in the home. A rule is "
          + "kind[:glob]=action[+leaks][@grace]; the kinds are file, directory, socket, "
          + "listener, window, process, temp-file, or * for all; the actions are observe, "
          + "reclaim, ignore; the grace is 2s if nothing is said."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      ExitCode.DENIED_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  quicksilver policy set 'file:/srv/spool/**=reclaim+leaks@5s' 'socket=reclaim@0'",
      "  quicksilver policy set '*=reclaim@10s'"
    })
final class PolicySetCommand extends PolicyCommand {

  @Parameters(paramLabel = "RULE", arity = "1..*", description = "Rules, the first counts most.")
  private List<String> rules = new ArrayList<>();

  PolicySetCommand(Screen screen) {
    super(screen);
  }

  @Override
  JsonObject request() throws CommandException {
    JsonObject request = super.request();
    try {
      request.addProperty("set", Policies.parse(String.join(";", rules)).toString());
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
    return request;
  }

  @Override
  boolean asOwner() {
    return true;
  }
}
