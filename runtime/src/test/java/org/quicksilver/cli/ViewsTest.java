package org.quicksilver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the commands show, character by character. */
final class ViewsTest {

  private static final String TID = "00c0ffee00c0ffee-00000007-2a";
  private static final String HANDLE =
      """
      {"pid":4712,"incarnation":8,"slot":5,"kind":"FILE","what":"/srv/a.txt","transaction":"%s",
       "openedAt":"2026-11-20T11:57:50Z","ageMillis":130000,"thread":"session-1","accepted":false,
       "stack":["java.io.FileInputStream.<init>(FileInputStream.java:158)","shop.Cart.load(Cart.java:31)"]}
      """
          .formatted(TID);

  @TempDir Path home;
  private FakeNode node;

  @BeforeEach
  void startNode() throws IOException {
    node = FakeNode.at(home.resolve("node.sock"));
  }

  @AfterEach
  void stopNode() throws IOException {
    node.close();
  }

  private String shown(String result, String... arguments) {
    node.answering("{\"result\":" + result + "}");
    return Run.of(home, arguments).out();
  }

  @Test
  void jvms() {
    assertEquals(
        """
         PID  STATE           UP  HANDLES  UNATTRIBUTED  TRANSACTION                  COMMAND
        4711  live            1h        3             2  00c0ffee00c0ffee-00000007-1  java -jar client.jar
              not intercepted: sun.nio.ch.Some.close (pipe)
          12  disconnected  2m5s        0                00c0ffee00c0ffee-00000009-1  x
        """,
        shown(
            """
            [{"pid":4711,"incarnation":7,"state":"LIVE","command":"java -jar client.jar",
              "startedAt":"2026-11-20T11:00:00Z","transaction":"00c0ffee00c0ffee-00000007-1","handles":3,
              "unattributed":2,"unmatched":["sun.nio.ch.Some.close (pipe)"]},
             {"pid":12,"incarnation":9,"state":"DISCONNECTED","command":"x",
              "startedAt":"2026-11-20T11:57:55Z","transaction":"00c0ffee00c0ffee-00000009-1","handles":0,
              "unattributed":-1,"unmatched":[]}]
            """,
            "jvms"));
  }

  @Test
  void handles() {
    assertEquals(
        """
         PID  KIND    AGE  TRANSACTION                   WHAT
        4712  file  2m10s  00c0ffee00c0ffee-00000007-2a  /srv/a.txt
        """,
        shown("[" + HANDLE + "]", "handles"));
  }

  @Test
  void descriptorsWithoutARecord() {
    assertEquals(
        """
         PID  DESCRIPTOR  LEADS TO
        4712          17  /srv/b.txt
        """,
        shown(
            """
            [{"pid":4712,"incarnation":7,"descriptor":17,"target":"/srv/b.txt"}]
            """,
            "handles",
            "--unattributed"));
    assertEquals("every descriptor has its record\n", shown("[]", "handles", "--unattributed"));
  }

  @Test
  void handlesWithTheirStacks() {
    assertEquals(
        """
         PID  KIND    AGE  TRANSACTION                   WHAT
        4712  file  2m10s  00c0ffee00c0ffee-00000007-2a  /srv/a.txt
              handle 4712:5; transaction 00c0ffee00c0ffee-00000007-2a; opened 2026-11-20 11:57:50.000 by thread session-1
                at java.io.FileInputStream.<init>(FileInputStream.java:158)
                at shop.Cart.load(Cart.java:31)
        """,
        shown("[" + HANDLE + "]", "handles", "--stacks"));
  }

  private static final String LEAK =
      """
      {"number":3,"at":"2026-11-20T11:58:00Z","event":"LEAK","pid":4712,"incarnation":8,"jvm":"shop.jar","kind":"FILE",
       "what":"/srv/a.txt","transaction":"%s","outcome":"COMMITTED","openedAt":"2026-11-20T11:57:50Z","thread":"t",
       "stack":["java.io.FileInputStream.<init>(FileInputStream.java:158)","shop.Cart.load(Cart.java:31)"],
       "millis":2001.5,"note":"","jvmState":"LIVE"}
      """
          .formatted(TID);

  @Test
  void leaksNameTheLineThatOpenedThem() {
    node.answering("{\"result\":[" + LEAK + "]}");
    Run run = Run.of(home, "leaks");
    assertEquals(
        """
        EVENT   PID  KIND    AGE  OPENED BY                     WHAT
        leak   4712  file  2m10s  shop.Cart.load(Cart.java:31)  /srv/a.txt
        """,
        run.out());
    assertEquals(ExitCode.FOUND, run.code());
  }

  @Test
  void leaksWithTheirStacksNameTransactionAndOutcome() {
    assertEquals(
        """
        EVENT   PID  KIND    AGE  OPENED BY                     WHAT
        leak   4712  file  2m10s  shop.Cart.load(Cart.java:31)  /srv/a.txt
              transaction 00c0ffee00c0ffee-00000007-2a, committed; opened 2026-11-20 11:57:50.000 by thread t
                at java.io.FileInputStream.<init>(FileInputStream.java:158)
                at shop.Cart.load(Cart.java:31)
        """,
        shown("[" + LEAK + "]", "leaks", "--stacks"));
  }

  @Test
  void leaksOfJvmsThatHaveExitedAreMarkedAndNoLongerAge() {
    String dead = LEAK.replace("\"LIVE\"", "\"DEAD\",\"jvmEndedAt\":\"2026-11-20T11:58:20Z\"");
    String left = dead.replace("\"FILE\"", "\"TEMP_FILE\"");
    String forgotten = LEAK.replace("\"LIVE\"", "\"DEAD\"");
    assertEquals(
        """
        EVENT              PID  KIND         AGE  OPENED BY                     WHAT
        leak (JVM ended)  4712  file         30s  shop.Cart.load(Cart.java:31)  /srv/a.txt
        leak (JVM ended)  4712  temp-file  2m10s  shop.Cart.load(Cart.java:31)  /srv/a.txt
        leak (JVM ended)  4712  file       2m10s  shop.Cart.load(Cart.java:31)  /srv/a.txt
        """,
        shown("[" + dead + "," + left + "," + forgotten + "]", "leaks"));
    assertEquals(
        """
        COUNT  KIND  OLDEST  OPENED BY                     FIRST OF THEM
            1  file     30s  shop.Cart.load(Cart.java:31)  /srv/a.txt
        """,
        shown("[" + dead + "]", "leaks", "--group"));
  }

  @Test
  void whatIsReportedForItsAgeIsNotSaidToHaveOutlivedItsTransaction() {
    String old =
        LEAK.replace("COMMITTED", "").replace("\"\",\"jvm", "\"open for more than 2m\",\"jvm");
    assertEquals(
        """
        EVENT     PID  KIND    AGE  OPENED BY                     WHAT
        too-old  4712  file  2m10s  shop.Cart.load(Cart.java:31)  /srv/a.txt
              transaction 00c0ffee00c0ffee-00000007-2a, reported for its age: open for more than 2m; opened 2026-11-20 11:57:50.000 by thread t
                at java.io.FileInputStream.<init>(FileInputStream.java:158)
                at shop.Cart.load(Cart.java:31)
        """,
        shown("[" + old + "]", "leaks", "--stacks"));
  }

  @Test
  void whereNothingIsThatIsSaid() {
    assertEquals("no JVMs\n", shown("[]", "jvms"));
    assertEquals("no handles\n", shown("[]", "handles"));
    assertEquals("no transactions\n", shown("[]", "tree"));
    assertEquals("nothing in the audit trail\n", shown("[]", "audit"));
  }

  @Test
  void tablesFitTheirScreen() {
    String longest = HANDLE.replace("/srv/a.txt", "/srv/" + "deep/".repeat(40) + "a.txt");
    String leak = LEAK.replace("/srv/a.txt", "/srv/" + "deep/".repeat(40) + "a.txt");
    assertTrue(widest("[" + longest + "]", "handles") <= 100);
    assertTrue(widest("[" + leak + "]", "leaks") <= 100);
    assertTrue(widest("[" + leak + "]", "audit") <= 100);
  }

  private int widest(String result, String command) {
    node.answering("{\"result\":" + result + "}");
    Run run = Run.of(100, command, "--home", home.toString());
    return run.out().lines().mapToInt(String::length).max().orElseThrow();
  }

  @Test
  void noLeaks() {
    node.answering("{\"result\":[]}");
    assertEquals(new Run(ExitCode.OK, "no leaks\n", ""), Run.of(home, "leaks"));
  }

  @Test
  void leaksAsJsonStillTellByTheExitCode() {
    node.answering("{\"result\":[" + LEAK + "]}").answering("{\"result\":[]}");
    assertEquals(ExitCode.FOUND, Run.of(home, "leaks", "--json").code());
    assertEquals(new Run(ExitCode.OK, "[]\n", ""), Run.of(home, "leaks", "--json"));
  }

  @Test
  void audit() {
    assertEquals(
        """
        NUMBER  AT                       EVENT   PID  KIND     AFTER  WHAT        NOTE
             3  2026-11-20 11:58:00.000  leak   4712  file  2001.5ms  /srv/a.txt
        """,
        shown("[" + LEAK + "]", "audit"));
  }

  @Test
  void status() {
    assertEquals(
        """
        pid     42
        home    /x
        faults  0
        """,
        shown("{\"pid\":42,\"home\":\"/x\",\"faults\":0}", "status"));
  }

  @Test
  void jsonIsTheResultAsItCame() {
    assertEquals(
        """
        [
          {
            "big": 12345678901234567890,
            "real": 1.50,
            "none": null,
            "html": "<a>"
          }
        ]
        """,
        shown(
            "[{\"big\":12345678901234567890,\"real\":1.50,\"none\":null,\"html\":\"<a>\"}]",
            "jvms",
            "--json"));
  }

  @Test
  void policies() {
    assertEquals(
        "file=reclaim@5s\n*=observe@2s\n",
        shown("{\"rules\":[\"file=reclaim@5s\",\"*=observe@2s\"]}", "policy", "list"));
    assertEquals("no rules: everything is observed\n", shown("{\"rules\":[]}", "policy"));
  }
}
