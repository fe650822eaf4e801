package org.quicksilver.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;
import org.quicksilver.log.LogProblem;
import org.quicksilver.log.LogStorage;
import org.quicksilver.log.LogVerification;
import picocli.CommandLine.Command;

/** {@code quicksilver log verify}. */
@Command(
    name = "verify",
    description = {
      "Checks every byte of the log and names the first that is not as it was written.",
      "A torn tail is what a crash leaves of records that nobody was promised; the node "
          + "cuts it off when it starts. Anything else is damage, and the node refuses the log."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Every byte is as it was written.",
      "1:The log is damaged or torn.",
      ExitCode.USAGE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver log verify", "  quicksilver log verify --home /var/lib/quicksilver"})
final class LogVerifyCommand extends LogInspection {

  LogVerifyCommand(Screen screen) {
    super(screen);
  }

  @Override
  Optional<LogProblem> inspect(LogStorage storage, Screen to, boolean asJson) throws IOException {
    LogVerification found = LogVerification.of(storage);
    if (asJson) {
      to.out().println(gson().toJson(json(found)));
    } else {
      show(found, to.out());
    }
    return found.problem();
  }

  private static JsonObject json(LogVerification found) {
    JsonObject object = new JsonObject();
    object.addProperty("segments", found.segments());
    object.addProperty("records", found.records());
    object.addProperty("bytes", found.bytes());
    object.add("problem", json(found.problem()));
    return object;
  }

  private static void show(LogVerification found, PrintWriter out) {
    out.println("segments  " + found.segments());
    out.println("records   " + found.records());
    out.println("bytes     " + found.bytes());
    out.println(found.problem().map(LogInspection::text).orElse("no damage"));
  }
}
