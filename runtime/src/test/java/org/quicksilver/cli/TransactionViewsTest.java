package org.quicksilver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.quicksilver.config.Home;

/** Transactions, statistics and the log as people see them. */
final class TransactionViewsTest {

  private static final String TID = "00c0ffee00c0ffee-00000007-2a";

  private static final String BELOW =
      """
      {"transaction":"%s","kind":"program","at":"000000000000000b","role":"subordinate",
       "phase":"PREPARED","superior":"000000000000000a","coordinator":"000000000000000a","outcome":null,
       "damage":"","owner":0,"beganAt":"2026-11-20T11:57:50Z","doubtSince":"2026-11-20T11:59:00Z",
       "endedAt":null,"failures":[],"participants":[
        {"node":"","pid":4800,"number":1,"participation":"TWO_PHASE","progress":"VOTED",
         "vote":"RECOVERABLE","reachable":true,"below":null},
        {"node":"000000000000000c","pid":0,"number":0,"participation":"TWO_PHASE","progress":"ASKED",
         "vote":null,"reachable":false,"below":null}]}
      """
          .formatted(TID);

  private static final String ROOT =
      """
      {"transaction":"%s","kind":"program","at":"000000000000000a","role":"root",
       "phase":"VOTING","superior":"","coordinator":"","outcome":null,"damage":"","owner":4711,
       "beganAt":"2026-11-20T11:57:50Z","doubtSince":null,"endedAt":null,"failures":[],"participants":[
        {"node":"","pid":4711,"number":0,"participation":"ONE_PHASE_STANDARD","progress":"JOINED",
         "vote":null,"reachable":true,"below":null},
        {"node":"000000000000000b","pid":0,"number":0,"participation":"TWO_PHASE","progress":"VOTED",
         "vote":"RECOVERABLE","reachable":true,"below":%s}]}
      """
          .formatted(TID, BELOW);

  private static final String DAMAGED =
      BELOW
          .replace("\"damage\":\"\"", "\"damage\":\"aborted here, committed by its coordinator\"")
          .replace("\"outcome\":null", "\"outcome\":\"ABORTED\"")
          .replace("\"doubtSince\":\"2026-11-20T11:59:00Z\"", "\"doubtSince\":null")
          .replace("\"endedAt\":null", "\"endedAt\":\"2026-11-20T11:59:30Z\"");

  @TempDir Path home;
  private FakeNode node;

  @BeforeEach
  void startNode() throws IOException {
    new Home(home).secret();
    node = FakeNode.at(home.resolve("node.sock"));
  }

  @AfterEach
  void stopNode() throws IOException {
    node.close();
  }

  private String shown(String result, String... command) {
    node.answering("{\"result\":" + result + "}");
    Run run = Run.of(home, command);
    assertEquals("", run.err());
    return run.out();
  }

  private void assertAsked(String json) {
    String asked = node.requests.get(node.requests.size() - 1).json();
    assertEquals(JsonParser.parseString(json), JsonParser.parseString(asked));
  }

  @Test
  void treeOverNodes() {
    assertEquals(
        """
        00c0ffee00c0ffee-00000007-2a  program  voting
        `- node 000000000000000a, this one: root, voting, owner 4711
           |- process 4711, handles  one-phase-standard  joined
           `- node 000000000000000b  two-phase  voted, vote recoverable: subordinate, prepared, \
        decided by node 000000000000000a, in doubt
              |- process 4800, participant 1  two-phase  voted, vote recoverable
              `- node 000000000000000c  two-phase  asked, unreachable
                 `- its own part is not known here: ask there
        """,
        shown("[" + ROOT + "]", "tx", "tree"));
    assertAsked("{'command':'transaction-tree','programs':false}");
  }

  @Test
  void treeOfOneThatAnotherNodeDecides() {
    assertEquals(
        """
        00c0ffee00c0ffee-00000007-2a  program  prepared
        `- node 000000000000000a: its superior; ask there
           `- node 000000000000000b, this one: subordinate, prepared, decided by node 000000000000000a, in doubt
              |- process 4800, participant 1  two-phase  voted, vote recoverable
              `- node 000000000000000c  two-phase  asked, unreachable
                 `- its own part is not known here: ask there
        """,
        shown("[" + BELOW + "]", "tx", "tree", TID));
    assertAsked("{'command':'transaction-tree','transaction':'" + TID + "','programs':false}");
  }

  @Test
  void listNamesRoleAgeAndDoubt() {
    assertEquals(
        """
        TRANSACTION                   KIND     ROLE         SUPERIOR          PHASE     OUTCOME  OWNER  PARTS    AGE  IN DOUBT  FAILURE
        00c0ffee00c0ffee-00000007-2a  program  root                           voting              4711      2  2m10s
        00c0ffee00c0ffee-00000007-2a  program  subordinate  000000000000000a  prepared               0      2  2m10s        1m
        00c0ffee00c0ffee-00000007-2a  program  subordinate  000000000000000a  prepared  aborted      0      2  2m10s            damage: aborted here, committed by its coordinator
        """,
        shown("[" + ROOT + "," + BELOW + "," + DAMAGED + "]", "tx", "list"));
  }

  @Test
  void oneInDoubt() {
    assertEquals(
        """
        00c0ffee00c0ffee-00000007-2a  program  prepared  subordinate of node 000000000000000a
          age: 2m10s
          in doubt for 1m: see tx resolve
                PID/NODE  PART  CLASS      PROGRESS  VOTE         REACHABLE
                    4800     1  two-phase  voted     recoverable  true
        000000000000000c  node  two-phase  asked                  false
        """,
        shown(BELOW, "tx", "show", TID));
  }

  @Test
  void oneThatIsDamaged() {
    assertEquals(
        """
        00c0ffee00c0ffee-00000007-2a  program  prepared  subordinate of node 000000000000000a
          outcome: aborted
          age: 2m10s
          ended 30s ago
          damage: aborted here, committed by its coordinator
        """,
        shown(DAMAGED, "tx", "show", TID).lines().limit(5).reduce("", (a, b) -> a + b + "\n"));
  }

  @Test
  void whatWasCommittedOrNot() {
    String result = "{\"phase\":\"%s\",\"outcome\":\"%s\",\"reasons\":[\"no room\"]}";
    assertEquals(
        "committed " + TID + "\n",
        shown(result.formatted("COMMITTING", "COMMITTED"), "tx", "commit", TID));
    assertAsked("{'command':'commit','transaction':'" + TID + "'}");
    assertEquals(
        "aborted " + TID + ": no room\n",
        shown(result.formatted("ABORTING", "ABORTED"), "tx", "commit", TID));
    node.answering("{\"result\":" + result.formatted("VOTING", "") + "}");
    assertEquals(
        new Run(ExitCode.FOUND, "not decided yet: " + TID + " is voting\n", ""),
        Run.of(home, "tx", "commit", TID));
  }

  @Test
  void operatorsWord() {
    assertEquals(
        "resolved " + TID + ": aborted here; compared with the true outcome when that comes\n",
        shown("{\"phase\":\"ABORTING\",\"outcome\":\"ABORTED\"}", "tx", "resolve", TID, "abort"));
    assertAsked("{'command':'resolve','transaction':'" + TID + "','outcome':'abort'}");
    node.answering("{\"error\":\"it is not in doubt\",\"code\":\"refused\"}");
    assertEquals(
        new Run(ExitCode.REFUSED, "", "quicksilver: it is not in doubt\n"),
        Run.of(home, "tx", "resolve", TID, "abort"));
  }

  @Test
  void howFarTheLogReaches() {
    String extent =
        "{\"forced\":\"3.17\",\"lowWater\":\"3.9\",\"segments\":2,\"bytes\":8388608,\"holder\":\"files\"}";
    assertEquals(
        """
        forced up to  3.17
        kept from     3.9
        segments      2
        bytes         8388608
        oldest segment is needed by  files
        """,
        shown(extent, "log", "checkpoint"));
    assertAsked("{'command':'log-checkpoint'}");
    shown(extent, "log", "force");
    assertAsked("{'command':'log-force'}");
  }

  @Test
  void statistics() {
    String summary = "{\"count\":3,\"mean\":12.345,\"p50\":11,\"p90\":14,\"p99\":15,\"max\":15}";
    String stats =
        """
        {"since":"2026-11-20T11:57:50Z","underWay":4,"inDoubt":1,
         "transactions":{"begun":9,"committed":3,"aborted":2,"readOnly":0,"everInDoubt":2,"damaged":1},
         "classes":[{"participation":"TWO_PHASE","committed":6,"aborted":4}],
         "latencies":{"beginToDecided":%1$s,"endingToDecided":%1$s},
         "log":{"records":17,"forces":3,"groups":%1$s,"forceMicros":%1$s},
         "links":[{"node":"000000000000000b","incarnation":4,"address":"/b","state":"linked",
          "ageMillis":130000,"silentMillis":350,"sent":12,"received":11,"resent":2,"unacknowledged":1},
          {"node":"","incarnation":0,"address":"/c","state":"none","ageMillis":0,"silentMillis":0,
          "sent":0,"received":0,"resent":0,"unacknowledged":0}]}
        """
            .formatted(summary);
    assertEquals(
        """
        TRANSACTIONS    COUNT
        under way           4
        begun               9
        committed           3
        aborted             2
        read-only           0
        in doubt now        1
        in doubt ever       2
        damaged             1
        records logged     17
        forces              3

        PARTICIPANTS  COMMITTED  ABORTED
        two-phase             6        4

        MEASURED               COUNT  MEAN  P50  P90  P99  MAX
        begin to decided, us       3  12.3   11   14   15   15
        ending to decided, us      3  12.3   11   14   15   15
        force, us                  3  12.3   11   14   15   15
        group, records             3  12.3   11   14   15   15

        NODE              STATE     AGE  SILENT  SENT  RECEIVED  RESENT  UNACKNOWLEDGED  ADDRESS
        000000000000000b  linked  2m10s   350ms    12        11       2               1  /b
        -                 none      0ms     0ms     0         0       0               0  /c
        """,
        shown(stats, "stats"));
    assertAsked("{'command':'statistics'}");
  }
}
