package org.quicksilver.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.quicksilver.memory.LogDamagedException;
import org.quicksilver.memory.LogInspection;
import org.quicksilver.memory.RecoverableMemoryException;
import org.quicksilver.memory.lrvm.Lrvm;
import org.quicksilver.memory.vista.Vista;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Something done with the log of a recoverable memory. */
abstract class MemoryAction implements Callable<Integer> {

  private final Screen screen;

  @Parameters(index = "0", paramLabel = "FILE", description = "The log, as given to createLog.")
  private Path file = Path.of("");

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  MemoryAction(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws CommandException {
    try {
      return perform(file, screen, json);
    } catch (LogDamagedException e) {
      throw new CommandException(ExitCode.FOUND, message(e), e);
    } catch (RecoverableMemoryException e) {
      throw new CommandException(ExitCode.FAILED, message(e), e);
    }
  }

  private static String message(RecoverableMemoryException e) {
    return String.valueOf(e.getMessage());
  }

  /** Does it, and returns the exit code. */
  abstract int perform(Path log, Screen to, boolean asJson);

  static boolean isVista(Path log) {
    return Vista.isLog(log);
  }

  static LogInspection inspect(Path log) {
    return isVista(log) ? Vista.inspect(log) : Lrvm.inspect(log);
  }

  static Gson gson() {
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();
  }
}
