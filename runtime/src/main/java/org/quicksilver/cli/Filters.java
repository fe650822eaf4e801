package org.quicksilver.cli;

import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Durations;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.transaction.TransactionId;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options: which handles, checked here, applied by the node. */
final class Filters {

  @Mixin private final JvmFilter jvm = new JvmFilter();

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "Only of this kind: file, directory, archive, lock, mapping, watch-service, socket,"
              + " listener, datagram, pipe, selector, channel-group, window, tray-icon, process,"
              + " temp-file.")
  private @Nullable String kind;

  @Option(names = "--transaction", paramLabel = "TID", description = "Only of this transaction.")
  private @Nullable String transaction;

  @Option(
      names = "--older-than",
      paramLabel = "AGE",
      description = "Only what was opened at least that long ago: 250ms, 30s, 5m, 1h, 3d.")
  private @Nullable String olderThan;

  @Option(
      names = "--path",
      paramLabel = "GLOB",
      description =
          "Only where path, endpoints, title or command match: * is anything but a slash, ** is"
              + " anything.")
  private @Nullable String path;

  @Option(names = "--limit", paramLabel = "N", description = "At most so many.")
  private @Nullable Integer limit;

  void addTo(JsonObject request) throws CommandException {
    jvm.addTo(request);
    try {
      add(request, "kind", kind == null ? null : HandleKind.parse(kind).word());
      add(request, "transaction", transaction == null ? null : normal(transaction));
      add(request, "olderThan", olderThan == null ? null : checked(olderThan));
      add(request, "path", path);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
    }
    if (limit != null) {
      checkLimit(limit);
      request.addProperty("limit", limit);
    }
  }

  private static void checkLimit(int limit) throws CommandException {
    if (limit < 1) {
      throw new CommandException(ExitCode.USAGE, "--limit must be 1 at least");
    }
  }

  private static String normal(String tid) {
    return TransactionId.parse(tid).toString();
  }

  private static String checked(String age) {
    Durations.parse(age);
    return age;
  }

  private static void add(JsonObject request, String field, @Nullable String value) {
    if (value != null) {
      request.addProperty(field, value);
    }
  }
}
