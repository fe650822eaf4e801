package org.quicksilver.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A command that is one request to the node: asks, then prints the result for people or as JSON.
 */
abstract class NodeRequest implements Callable<Integer> {

  /** Loaded for {@code --json} only: a table needs none of it. */
  private static final class Pretty {
    static final Gson GSON =
        new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().serializeNulls().create();
  }

  private final Screen screen;

  @Mixin private final Target target = new Target();

  @Option(names = "--json", description = "Print the answer of the node as JSON.")
  private boolean json;

  NodeRequest(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws CommandException {
    JsonElement result = narrowed(ask(request()));
    if (json) {
      print(asJson(result));
    } else {
      show(result, screen.out());
    }
    return exitCode(result);
  }

  final JsonElement ask(JsonObject request) throws CommandException {
    return new NodeConnection(target).ask(request, asOwner());
  }

  final void print(JsonElement result) {
    screen.out().println(Pretty.GSON.toJson(result));
  }

  final boolean json() {
    return json;
  }

  final Screen screen() {
    return screen;
  }

  final Target target() {
    return target;
  }

  static JsonObject request(String command) {
    JsonObject request = new JsonObject();
    request.addProperty("command", command);
    return request;
  }

  /** What is asked. */
  abstract JsonObject request() throws CommandException;

  /** Prints the result for people. */
  abstract void show(JsonElement result, PrintWriter out);

  /** Whether the owner's secret is shown with the request. */
  boolean asOwner() {
    return false;
  }

  /** What of the answer is to be shown. */
  JsonElement narrowed(JsonElement result) {
    return result;
  }

  /** What is printed with {@code --json}. */
  JsonElement asJson(JsonElement result) {
    return result;
  }

  /** What to exit with once the result is printed. */
  int exitCode(JsonElement result) throws CommandException {
    return ExitCode.OK;
  }
}
