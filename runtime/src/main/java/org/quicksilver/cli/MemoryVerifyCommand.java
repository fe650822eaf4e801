package org.quicksilver.cli;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.quicksilver.memory.LogInspection;
import picocli.CommandLine.Command;

/** {@code quicksilver memory verify}. */
@Command(
    name = "verify",
    description = {
      "Checks everything in a log that is covered by a check, and names what is not as it was "
          + "written.",
      "Segments hold nothing but the bytes of memory: there is nothing in them to check."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Everything is as it was written.",
      "1:The log is damaged.",
      ExitCode.USAGE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver memory verify bank.log"})
final class MemoryVerifyCommand extends MemoryAction {

  MemoryVerifyCommand(Screen screen) {
    super(screen);
  }

  @Override
  int perform(Path log, Screen to, boolean asJson) {
    try (LogInspection inspection = inspect(log)) {
      Optional<String> damage = inspection.damage();
      if (asJson) {
        JsonObject object = new JsonObject();
        object.addProperty("engine", inspection.engine());
        object.addProperty("damage", damage.orElse(null));
        to.out().println(gson().toJson(object));
      } else {
        to.out().println(damage.map(each -> "damage: " + each).orElse("no damage"));
      }
      return damage.isPresent() ? ExitCode.FOUND : ExitCode.OK;
    }
  }
}
