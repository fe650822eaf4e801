package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;

/** {@code quicksilver stop}. */
@Command(
    name = "stop",
    description = {
      "Stops the node in order, and waits until it has stopped.",
      "The JVMs go on; the next node takes them over."
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
    footer = "  quicksilver stop")
final class StopCommand extends NodeRequest {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

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

  /**
   * Its socket file is almost the last thing that it removes. Over TCP there is nothing to look at.
   */
  @Override
  int exitCode(JsonElement result) throws CommandException {
    if (target().address().isPresent()) {
      return ExitCode.OK;
    }
    Path socket = target().home().socket();
    for (long left = PATIENCE.dividedBy(LOOK_EVERY); Files.exists(socket); left--) {
      if (left == 0) {
        throw new CommandException(
            ExitCode.FAILED, "the node has not stopped in " + Age.of(PATIENCE.toMillis()));
      }
      pause();
    }
    return ExitCode.OK;
  }

  private static void pause() throws CommandException {
    try {
      Thread.sleep(LOOK_EVERY.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.FAILED, "interrupted while the node was stopping", e);
    }
  }
}
