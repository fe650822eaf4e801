package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.quicksilver.comm.Message;
import org.quicksilver.config.LeakHunt;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.Verdict;
import org.quicksilver.transaction.TransactionId;

/** Who may be named when leaks are asked for, and what is said of those that have gone. */
final class LeaksTest extends NodeFixture {

  private static final long NOBODY = 99_999_999;

  @BeforeEach
  void startNode() throws IOException {
    start();
  }

  private JsonObject leaks(String field, Object value) throws IOException {
    return command.ask("{'command':'leaks','" + field + "':'" + value + "'}", new byte[0]);
  }

  private void assertUnknown(String field, Object value) throws IOException {
    JsonObject answer = leaks(field, value);
    assertEquals("not-found", answer.get("code").getAsString(), answer::toString);
  }

  private void assertLeaks(int number, String field, Object value) throws IOException {
    JsonObject answer = leaks(field, value);
    assertEquals(number, answer.getAsJsonArray("result").size(), answer::toString);
  }

  private void awaitAudited(int lines) {
    Awaitility.await().until(() -> command.list("{'command':'audit'}").size() == lines);
  }

  @Test
  void whoeverIsUnknownHasNotNoLeaks() throws Exception {
    FakeAgent agent = agent();
    assertUnknown("jvm", NOBODY);
    assertUnknown("transaction", agent.issue());
    assertLeaks(0, "jvm", ProcessHandle.current().pid());
    assertLeaks(0, "jvm", agent.incarnation());
    assertLeaks(0, "transaction", agent.process());
  }

  @Test
  void transactionIsKnownWhileSomethingIsOpenForItAndWhileTheAuditTrailNamesIt() throws Exception {
    FakeAgent agent = agent();
    TransactionId open = agent.issue();
    agent.open(HandleKind.FILE, open, "/srv/a", 0);
    assertLeaks(0, "transaction", open);
    TransactionId audited = agent.issue();
    report(agent, 1, Verdict.LEAK, audited, "");
    awaitAudited(1);
    assertLeaks(1, "transaction", audited);
    report(agent, 2, Verdict.WITHDRAWN, audited, "");
    awaitAudited(2);
    assertLeaks(0, "transaction", audited);
  }

  private static void report(
      FakeAgent agent, long number, Verdict verdict, TransactionId tid, String note)
      throws IOException {
    agent.send(new Message.Report(number, 1, verdict, false, 1, Samples.handle(tid), note));
  }

  @Test
  void whatIsReportedForItsAgeHasNoOutcome() throws Exception {
    FakeAgent agent = agent();
    report(agent, 1, Verdict.LEAK, agent.process(), LeakHunt.OPEN_FOR_MORE_THAN + "5m");
    awaitAudited(1);
    JsonObject leak = command.list("{'command':'leaks'}").get(0).getAsJsonObject();
    assertEquals("LEAK", leak.get("event").getAsString());
    assertEquals("", leak.get("outcome").getAsString());
    assertEquals("LIVE", leak.get("jvmState").getAsString());
    assertFalse(leak.has("jvmEndedAt"), leak::toString);
  }

  @Test
  void jvmThatHasEndedIsKnownAndItsLeaksSayWhenItDid() throws Exception {
    Path file = Files.createTempFile(directory, "left", "");
    Instant before = Instant.now().minusMillis(1);
    ForkedJvm jvm = forked();
    jvm.open(HandleKind.TEMP_FILE, jvm.process(), file.toString(), 0);
    jvm.leave();
    awaitAudited(1);
    Awaitility.await().until(() -> command.list("{'command':'jvms'}").isEmpty());
    JsonObject leak = command.list("{'command':'leaks'}").get(0).getAsJsonObject();
    assertEquals("DEAD", leak.get("jvmState").getAsString());
    Instant end = Instant.parse(leak.get("jvmEndedAt").getAsString());
    assertFalse(end.isBefore(before) || end.isAfter(Instant.now()), end::toString);
    assertLeaks(1, "jvm", leak.get("pid").getAsString());
    ForkedJvm clean = forked();
    clean.leave();
    Awaitility.await().until(() -> command.list("{'command':'jvms'}").isEmpty());
    assertLeaks(0, "jvm", clean.incarnation());
  }
}
