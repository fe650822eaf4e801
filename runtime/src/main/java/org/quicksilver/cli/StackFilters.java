package org.quicksilver.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.Policies;
import org.quicksilver.handle.Policy;
import org.quicksilver.handle.PolicyRule;
import picocli.CommandLine.Option;

/** Options: which handles, by who opened them and by what they are not. Applied to the answer. */
final class StackFilters {

  private static final String LIMIT = "limit";

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description = "Not where path, endpoints, title or command match. May be repeated.")
  private List<String> excluded = new ArrayList<>();

  @Option(
      names = "--frame",
      paramLabel = "FRAME",
      description =
          "Only with a frame in the opening stack that begins so (package, class or class.method),"
              + " or after a * contains it. May be repeated: any of them.")
  private List<String> frames = new ArrayList<>();

  @Option(
      names = "--exclude-frame",
      paramLabel = "FRAME",
      description = "Not with such a frame. May be repeated.")
  private List<String> excludedFrames = new ArrayList<>();

  private @Nullable JsonElement limit;

  /** What is left out here does not count towards the limit. */
  JsonObject addTo(JsonObject request) {
    if (isActive() && request.has(LIMIT)) {
      limit = request.remove(LIMIT);
    }
    return request;
  }

  private boolean isActive() {
    return !excluded.isEmpty() || !frames.isEmpty() || !excludedFrames.isEmpty();
  }

  /** Those of the answer that pass. */
  JsonElement narrowed(JsonElement result) {
    if (!isActive()) {
      return result;
    }
    List<Policies> globs = excluded.stream().map(StackFilters::glob).toList();
    Stream<Row> passing = Row.all(result).stream().filter(row -> passes(row, globs));
    JsonArray narrowed = new JsonArray();
    passing
        .limit(limit == null ? Long.MAX_VALUE : limit.getAsLong())
        .forEach(r -> narrowed.add(r.json()));
    return narrowed;
  }

  private static Policies glob(String glob) {
    Policy any = new Policy(Policy.Action.IGNORE, false, Duration.ZERO);
    return new Policies(List.of(new PolicyRule(null, glob, any)));
  }

  private boolean passes(Row row, List<Policies> globs) {
    String what = row.text("what");
    List<String> stack = row.texts("stack").stream().map(Frames::plain).toList();
    return globs.stream()
            .noneMatch(g -> g.of(HandleKind.FILE, what).action() == Policy.Action.IGNORE)
        && (frames.isEmpty() || has(stack, frames))
        && !has(stack, excludedFrames);
  }

  private static boolean has(List<String> stack, List<String> wanted) {
    return stack.stream().anyMatch(frame -> wanted.stream().anyMatch(w -> isOne(frame, w)));
  }

  private static boolean isOne(String frame, String wanted) {
    return wanted.startsWith("*") ? frame.contains(wanted.substring(1)) : frame.startsWith(wanted);
  }
}
