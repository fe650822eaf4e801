package org.quicksilver.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Home;
import org.quicksilver.config.Settings;
import org.quicksilver.log.DirectoryStorage;
import org.quicksilver.log.LogProblem;
import org.quicksilver.log.LogStorage;
import picocli.CommandLine.Option;

/** A command that looks into the log of a home, without a node and without changing anything. */
abstract class LogInspection implements Callable<Integer> {

  private final Screen screen;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "Home directory of the node (default: QUICKSILVER_HOME, or ~/.quicksilver).")
  private @Nullable Path home;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  LogInspection(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws CommandException {
    Path directory = (home == null ? Settings.read(null).home() : new Home(home)).log();
    if (!Files.isDirectory(directory)) {
      throw new CommandException(ExitCode.FAILED, "there is no log: " + directory + " is missing");
    }
    try (LogStorage storage = DirectoryStorage.readOnly(directory)) {
      return inspect(storage, screen, json).isPresent() ? ExitCode.FOUND : ExitCode.OK;
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "the log cannot be read: " + e, e);
    }
  }

  /** Prints what there is, and returns what is wrong. */
  abstract Optional<LogProblem> inspect(LogStorage storage, Screen to, boolean asJson)
      throws IOException;

  static Gson gson() {
    return new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();
  }

  static JsonElement json(Optional<LogProblem> problem) {
    if (problem.isEmpty()) {
      return JsonNull.INSTANCE;
    }
    JsonObject object = new JsonObject();
    object.addProperty("kind", word(problem.get()));
    object.addProperty("file", problem.get().file());
    object.addProperty("offset", problem.get().offset());
    object.addProperty("what", problem.get().what());
    return object;
  }

  /** A problem in one line. */
  static String text(LogProblem problem) {
    return word(problem) + ": " + problem;
  }

  private static String word(LogProblem problem) {
    return problem.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
