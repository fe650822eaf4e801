package org.quicksilver.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.Optional;
import org.quicksilver.log.LogDump;
import org.quicksilver.log.LogProblem;
import org.quicksilver.log.LogStorage;
import org.quicksilver.log.Lsn;
import picocli.CommandLine.Command;

/** {@code quicksilver log dump}. */
@Command(
    name = "dump",
    description = {
      "Prints the records of the log, one line each, up to its end or the first damage.",
      "A line has: generation and number of the record, segment and offset, who wrote it "
          + "(- for the log itself), its length in bytes, and what it says."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      "1:The log is damaged or torn; what is before that was printed.",
      ExitCode.USAGE_HELP,
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {"  quicksilver log dump", "  quicksilver log dump --json"})
final class LogDumpCommand extends LogInspection {

  LogDumpCommand(Screen screen) {
    super(screen);
  }

  @Override
  Optional<LogProblem> inspect(LogStorage storage, Screen to, boolean asJson) throws IOException {
    if (asJson) {
      return asJson(storage, to);
    }
    Optional<LogProblem> problem =
        LogDump.of(storage, line -> to.out().println(Shortening.oneLine(line.toString())));
    problem.ifPresent(each -> to.err().println("quicksilver: " + text(each)));
    return problem;
  }

  private static Optional<LogProblem> asJson(LogStorage storage, Screen to) throws IOException {
    JsonArray records = new JsonArray();
    Optional<LogProblem> problem = LogDump.of(storage, line -> records.add(json(line)));
    JsonObject result = new JsonObject();
    result.add("records", records);
    result.add("problem", json(problem));
    to.out().println(gson().toJson(result));
    return problem;
  }

  private static JsonObject json(LogDump.Line line) {
    JsonObject object = new JsonObject();
    object.addProperty("lsn", Lsn.text(line.lsn()));
    object.addProperty("generation", Lsn.generation(line.lsn()));
    object.addProperty("segment", line.segment());
    object.addProperty("offset", line.offset());
    object.addProperty("participant", line.participant());
    object.addProperty("length", line.length());
    object.addProperty("text", line.text());
    return object;
  }
}
