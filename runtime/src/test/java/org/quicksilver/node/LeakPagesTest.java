package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quicksilver.comm.Message;
import org.quicksilver.handle.Verdict;

/** What outlived its transaction, found in a long audit trail and told in pages. */
class LeakPagesTest extends NodeFixture {

  /** More than the store holds: the oldest lines are in the archive. */
  private static final int LEAKS = 15_000;

  private static final int WITHDRAWN_FROM = 3_000;
  private static final int WITHDRAWN_TO = 6_000;

  private FakeAgent agent;
  private long reports;

  @BeforeEach
  void accuseVeryMany() throws Exception {
    start();
    agent = agent();
    for (int i = 0; i < LEAKS; i++) {
      report(Verdict.LEAK, i);
    }
    for (int i = WITHDRAWN_FROM; i < WITHDRAWN_TO; i++) {
      report(Verdict.WITHDRAWN, i);
    }
    awaitReports();
  }

  private void report(Verdict verdict, int handle) throws Exception {
    agent.send(
        new Message.Report(
            ++reports, 1, verdict, false, 1, Samples.handle(agent, handle), "note ".repeat(80)));
  }

  private void awaitReports() {
    Awaitility.await()
        .until(
            () ->
                command
                    .result("{'command':'status'}")
                    .getAsJsonObject()
                    .get("audited")
                    .getAsString(),
            Long.toString(reports)::equals);
  }

  private List<String> leaks(String fields) throws Exception {
    return command.pages("leaks", fields).stream()
        .map(leak -> leak.get("what").getAsString())
        .toList();
  }

  private static Stream<String> names(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "/tmp/leak" + i);
  }

  @Test
  void allThatStandComeOnceInTheOrderOfTheTrail() throws Exception {
    List<String> expected =
        Stream.concat(names(0, WITHDRAWN_FROM), names(WITHDRAWN_TO, LEAKS)).toList();
    assertEquals(expected, leaks(""));
    assertEquals(expected.subList(0, 9_999), leaks(",'limit':9999"));
    assertEquals(List.of("/tmp/leak14999"), leaks(",'path':'/tmp/leak14999'"));
  }

  @Test
  void whatBecomesOfThemBetweenTwoQuestionsIsSeen() throws Exception {
    int before = leaks("").size();
    report(Verdict.WITHDRAWN, 0);
    report(Verdict.RECLAIMED, 1);
    report(Verdict.FAILED, 2);
    report(Verdict.ORPHAN, WITHDRAWN_FROM);
    awaitReports();
    List<String> after = leaks("");
    assertEquals(before - 1, after.size());
    assertEquals("/tmp/leak2", after.get(0));
    assertEquals("/tmp/leak" + WITHDRAWN_FROM, after.get(after.size() - 1));
  }
}
