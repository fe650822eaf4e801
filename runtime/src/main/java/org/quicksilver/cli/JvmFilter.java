package org.quicksilver.cli;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Option: which JVM. */
final class JvmFilter {

  @Option(
      names = "--jvm",
      paramLabel = "PID",
      description = "Only of the JVM with this process ID, or incarnation.")
  private @Nullable String jvm;

  void addTo(JsonObject request) throws CommandException {
    if (jvm != null) {
      if (!jvm.matches("\\d{1,19}")) {
        throw new CommandException(ExitCode.USAGE, "not a process ID: '" + jvm + "'");
      }
      request.addProperty("jvm", jvm);
    }
  }
}
