package org.quicksilver.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs side by side, and whether they went as promised. */
final class Comparison {
  private static final String COLUMN = "  %-18s  %-18s";

  private final Optional<Observation> with;
  private final Optional<Observation> without;
  private final Report report;

  Comparison(Optional<Observation> with, Optional<Observation> without, Report report) {
    this.with = with;
    this.without = without;
    this.report = report;
  }

  /** Prints what each server held before and after the kill. */
  void show() {
    List<Observation> runs = new ArrayList<>();
    StringBuilder titles = new StringBuilder(String.format("%-16s", ""));
    StringBuilder times = new StringBuilder(String.format("%-16s", "held by"));
    with.ifPresent(run -> head("with the agent", run, runs, titles, times));
    without.ifPresent(run -> head("without the agent", run, runs, titles, times));
    report.line("%s", titles.toString().stripTrailing());
    report.line("%s", times.toString().stripTrailing());
    rows(runs).forEach((server, cells) -> report.line("%-16s%s", server, cells.stripTrailing()));
  }

  private static void head(
      String label,
      Observation run,
      List<Observation> runs,
      StringBuilder titles,
      StringBuilder times) {
    runs.add(run);
    titles.append(String.format(COLUMN, label, ""));
    times.append(String.format(COLUMN, "before kill -9", Report.time(run.time()) + " after"));
  }

  private static Map<String, String> rows(List<Observation> runs) {
    Map<String, String> rows = new LinkedHashMap<>();
    for (Observation run : runs) {
      run.before()
          .forEach(
              (server, before) ->
                  rows.merge(
                      server.name(),
                      String.format(COLUMN, before, run.after().get(server)),
                      String::concat));
    }
    return rows;
  }

  /** What the runs have shown, if all was as promised. */
  String summary() {
    List<String> parts = new ArrayList<>();
    with.ifPresent(
        run -> parts.add("with the agent, all " + run.total().count() + " were given back"));
    without.ifPresent(
        run -> parts.add("without it, all " + run.total().count() + " were left behind"));
    return String.join("; ", parts);
  }

  /** What was not as promised, in words; empty if all was. */
  List<String> brokenPromises() {
    List<String> broken = new ArrayList<>();
    with.ifPresent(run -> checkWith(run, broken));
    without.ifPresent(run -> checkWithout(run, broken));
    if (with.isPresent() && without.isPresent()) {
      checkSame(byName(with.get().before()), byName(without.get().before()), broken);
    }
    return broken;
  }

  private static void checkWith(Observation run, List<String> broken) {
    broken.addAll(run.broken());
    run.after()
        .forEach(
            (server, held) -> {
              if (held.count() > 0) {
                broken.add("with the agent, " + server.name() + " still holds " + held);
              }
            });
  }

  private static void checkWithout(Observation run, List<String> broken) {
    run.before()
        .forEach(
            (server, before) -> {
              Held after = run.after().get(server);
              if (after == null || before.count() == 0 || !after.isAsMuchAs(before)) {
                broken.add(
                    "without the agent, " + server.name() + " held " + before + ", then " + after);
              }
            });
  }

  /** The agent must not change what the programs do. */
  private static void checkSame(
      Map<String, Held> with, Map<String, Held> without, List<String> broken) {
    with.forEach(
        (server, held) -> {
          Held other = without.get(server);
          if (other == null || !held.isAsMuchAs(other)) {
            broken.add(
                "before the kill "
                    + server
                    + " held "
                    + held
                    + " with the agent, but "
                    + other
                    + " without");
          }
        });
  }

  private static Map<String, Held> byName(Map<Server, Held> held) {
    Map<String, Held> byName = new LinkedHashMap<>();
    held.forEach((server, it) -> byName.put(server.name(), it));
    return byName;
  }
}
