package org.quicksilver.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicksilver.comm.Message;
import org.quicksilver.config.Home;
import picocli.CommandLine;

final class CliTest {

  private static final String TID = "00c0ffee00c0ffee-00000007-2a";

  @TempDir Path directory;
  private FakeNode node;

  @BeforeEach
  void startNode() throws IOException {
    node = FakeNode.at(directory.resolve("node.sock"));
  }

  @AfterEach
  void stopNode() throws IOException {
    node.close();
  }

  private Message.AdminRequest request() {
    return node.requests.get(node.requests.size() - 1);
  }

  private void assertAsked(String json) {
    assertEquals(JsonParser.parseString(json), JsonParser.parseString(request().json()));
  }

  @Test
  void filtersGoIntoTheRequest() {
    node.answering("{\"result\":[]}");
    Run.of(
        directory,
        "handles --jvm 4711 --kind TEMP_FILE --older-than 5m --path /tmp/** --limit 3".split(" "));
    assertAsked(
        "{'command':'handles','jvm':'4711','kind':'temp-file','olderThan':'5m','path':'/tmp/**','limit':3}");
    assertEquals(0, request().proof().length);
    assertEquals(Message.VERSION, request().version());
  }

  @Test
  void pagesAreAskedForUntilThereAreNoMore() {
    node.answering("{\"result\":[{\"what\":\"/a\",\"stack\":[\"x\"]}],\"next\":\"7:1:1\"}");
    node.answering("{\"result\":[{\"what\":\"/b\",\"stack\":[\"x\"]}],\"next\":\"7:2:2\"}");
    node.answering("{\"result\":[]}");
    String out = Run.of(directory, "handles", "--kind", "file", "--json").out();
    assertEquals(
        JsonParser.parseString("[{'what':'/a','stack':['x']},{'what':'/b','stack':['x']}]"),
        JsonParser.parseString(out));
    assertEquals(3, node.requests.size());
    assertAsked("{'command':'handles','kind':'file','after':'7:2:2'}");
  }

  @Test
  void refusalInTheMiddleOfPagesIsTheAnswer() {
    node.answering("{\"result\":[{\"what\":\"/a\"}],\"next\":\"7:1:1\"}");
    node.answering("{\"error\":\"no such page\",\"code\":\"bad-request\"}");
    Run run = Run.of(directory, "handles");
    assertEquals("", run.out());
    assertEquals("quicksilver: no such page\n", run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "handles --kind spoon",
        "handles --older-than yesterday",
        "handles --transaction 7",
        "handles --limit 0",
        "handles --limit many",
        "handles --spoon",
        "handles spoon",
        "handles --jvm me",
        "jvms --kind file",
        "jvms --node nowhere",
        "node --listen nowhere",
        "abort",
        "abort 7",
        "policy set file=eat",
        "policy set",
        "policy eat",
        "attach",
        "attach me",
        "attach 1 -o stack",
        "node --linger soon",
        "log",
        "log spoon",
        "log dump spoon",
        "memory",
        "memory spoon",
        "memory info",
        "memory verify one two",
        "tx",
        "tx commit",
        "tx commit 7",
        "tx resolve 00c0ffee00c0ffee-00000007-2a",
        "tx resolve 00c0ffee00c0ffee-00000007-2a maybe",
        "tx tree 7",
        "log force spoon",
        "stats spoon",
        "spoon"
      })
  void aWrongCommandLineIsSaidInOneLineAndAsksNothing(String arguments) {
    Run run = Run.of(Screen.UNLIMITED, arguments.split(" "));
    assertEquals(ExitCode.USAGE, run.code(), run.err());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("quicksilver: "), run.err());
    assertTrue(run.err().lines().count() <= 3, run.err());
    assertEquals(List.of(), node.requests);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "node",
        "status",
        "jvms",
        "handles",
        "tree",
        "leaks",
        "audit",
        "abort",
        "attach",
        "policy",
        "policy list",
        "policy set",
        "policy clear",
        "log",
        "log dump",
        "log verify",
        "memory",
        "memory info",
        "memory log",
        "memory verify",
        "memory recover",
        "log force",
        "log checkpoint",
        "tx",
        "tx list",
        "tx show",
        "tx tree",
        "tx commit",
        "tx resolve",
        "stats",
        "queues",
        "call",
        "stop"
      })
  void everyCommandHasHelpWithExamplesAndExitCodes(String command) {
    Run run = Run.of(Screen.UNLIMITED, (command + " --help").strip().split(" "));
    assertEquals(0, run.code());
    assertEquals("", run.err());
    assertTrue(run.out().startsWith("Usage: quicksilver " + command), run.out());
    assertTrue(run.out().contains("\nExit codes:\n  0  "), run.out());
    assertTrue(run.out().contains("\nExamples:\n  quicksilver " + command), run.out());
    assertTrue(run.out().lines().allMatch(line -> line.length() <= 100), run.out());
  }

  @Test
  void withoutArgumentsItSaysWhatThereIs() {
    Run run = Run.of(Screen.UNLIMITED);
    assertEquals(ExitCode.USAGE, run.code());
    assertTrue(run.out().contains("Draws the transactions over the JVMs"), run.out());
    assertEquals(run.out(), Run.of(Screen.UNLIMITED, "help").out());
  }

  @Test
  void versionNamesOursAndJavas() {
    Run run = Run.of(Screen.UNLIMITED, "--version");
    assertTrue(run.out().matches("quicksilver \\d\\S*\nJava \\S+, .*\n"), run.out());
  }

  @Test
  void withoutANodeItSaysSoInOneLine() throws IOException {
    node.close();
    Files.delete(directory.resolve("node.sock"));
    String message =
        "quicksilver: no node is running for "
            + directory
            + ": start a program with the agent, or run 'quicksilver node'\n";
    for (String command :
        List.of("jvms", "handles", "tree", "leaks", "audit", "policy", "status")) {
      assertEquals(new Run(ExitCode.NO_NODE, "", message), Run.of(directory, command));
    }
  }

  @Test
  void whatTheNodeThatDidNotStartSaidLastIsPassedOn() throws IOException {
    node.close();
    Path output = directory.resolve("node.out");
    Files.writeString(output, "");
    assertTrue(Run.of(directory, "jvms").err().endsWith("'quicksilver node'\n"));
    Files.writeString(output, "line\n".repeat(5000) + "quicksilver: the disk is full\n  at x\n\n");
    Run run = Run.of(directory, "jvms");
    assertEquals(ExitCode.NO_NODE, run.code());
    assertTrue(run.err().contains("what one said last is in " + output + " ("), run.err());
    assertTrue(run.err().endsWith("): quicksilver: the disk is full\n"), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void aSocketFileThatNobodyServesIsNoNode() throws IOException {
    node.close();
    assertEquals(ExitCode.NO_NODE, Run.of(directory, "jvms").code());
  }

  @ParameterizedTest
  @CsvSource({"not-found,5", "ended,5", "denied,6", "bad-request,2", "internal,10", "new,10"})
  void refusalsHaveTheirExitCodes(String code, int exitCode) {
    node.answering("{\"error\":\"because\",\"code\":\"" + code + "\"}");
    assertEquals(new Run(exitCode, "", "quicksilver: because\n"), Run.of(directory, "jvms"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "not JSON", "{\"result\":", "7"})
  void anAnswerThatIsNoneFails(String json) {
    node.answering(json);
    Run run = Run.of(directory, "jvms");
    assertEquals(ExitCode.FAILED, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"jvms", "handles", "tree", "leaks", "audit", "policy", "status"})
  void resultsOfAnotherShapeAreShownAsFarAsPossible(String command) {
    for (String result : List.of("[]", "{}", "null", "7", "[7]", "[{}]", "[{\"pid\":{}}]")) {
      node.answering("{\"result\":" + result + "}");
      Run run = Run.of(directory, command);
      assertEquals("", run.err(), result);
    }
  }

  @Test
  void aNodeOfAnotherVersionRefuses() {
    node.answering(new Message.Refused("this node speaks version 2"));
    assertEquals(
        new Run(ExitCode.FAILED, "", "quicksilver: the node refused: this node speaks version 2\n"),
        Run.of(directory, "jvms"));
  }

  @Test
  void whatEndsATransactionShowsTheSecret() throws IOException {
    byte[] secret = new Home(directory).secret();
    node.answering("{\"result\":{}}");
    assertEquals(new Run(0, "aborted " + TID + "\n", ""), Run.of(directory, "abort", TID));
    assertAsked("{'command':'abort','transaction':'" + TID + "'}");
    assertArrayEquals(secret, request().proof());
    node.answering("{\"result\":{\"rules\":[]}}");
    Run.of(directory, "policy", "clear");
    assertAsked("{'command':'policy','set':''}");
    assertArrayEquals(secret, request().proof());
    node.answering("{\"result\":{\"rules\":[]}}");
    Run.of(directory, "policy", "set", "file=reclaim@5s", "*=ignore");
    assertAsked("{'command':'policy','set':'file=reclaim@5s;*=ignore@2s'}");
  }

  @Test
  void stopReturnsWhenTheSocketFileIsGone() throws IOException {
    byte[] secret = new Home(directory).secret();
    node.answering("{\"result\":{\"stopping\":true}}").leaving();
    assertEquals(new Run(0, "the node stops\n", ""), Run.of(directory, "stop"));
    assertArrayEquals(secret, request().proof());
    assertTrue(Files.notExists(directory.resolve("node.sock")));
  }

  @Test
  void aNodeThatIsSilentIsGivenUp() throws CommandException {
    node.silent();
    Target target = CommandLine.populateCommand(new Target(), "--home", directory.toString());
    NodeConnection connection = new NodeConnection(target, Duration.ofMillis(50));
    CommandException e =
        assertThrows(
            CommandException.class, () -> connection.ask(NodeRequest.request("jvms"), false));
    assertEquals("the node did not answer: no word in 50ms", e.getMessage());
    assertEquals(ExitCode.FAILED, e.exitCode());
  }

  @Test
  void whoHasNoSecretIsDeniedAndDrawsNone() {
    Run run = Run.of(directory, "abort", TID);
    assertEquals(ExitCode.DENIED, run.code());
    assertTrue(run.err().contains("needs the owner's secret"), run.err());
    assertTrue(Files.notExists(directory.resolve("secret")));
    assertEquals(List.of(), node.requests);
  }

  @Test
  void overTcpTheChallengeIsAnswered() throws Exception {
    byte[] secret = new Home(directory).secret();
    try (FakeNode remote = FakeNode.onLoopback().answering("{\"result\":[]}")) {
      int port = ((InetSocketAddress) remote.address()).getPort();
      Run run = Run.of(directory, "leaks", "--node", "127.0.0.1:" + port);
      assertEquals(new Run(0, "no leaks\n", ""), run);
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret);
      assertArrayEquals(digest.digest(FakeNode.NONCE), remote.requests.get(0).proof());
    }
  }

  @Test
  void nobodyAtTheAddressIsNoNode() throws IOException {
    FakeNode gone = FakeNode.onLoopback();
    int port = ((InetSocketAddress) gone.address()).getPort();
    gone.close();
    assertEquals(
        new Run(ExitCode.NO_NODE, "", "quicksilver: no node answers at 127.0.0.1:" + port + "\n"),
        Run.of(directory, "jvms", "--node", "127.0.0.1:" + port));
  }

  @Test
  void followingAsksForWhatComesAfterTheLastLine() {
    node.answering("{\"result\":[{\"number\":7}]}")
        .answering("{\"result\":[]}")
        .answering("{\"result\":[{\"number\":8},{\"number\":9}]}")
        .answering("{\"error\":\"gone\",\"code\":\"internal\"}");
    Run run = Run.of(directory, "audit", "--follow", "--from", "5");
    assertEquals(ExitCode.FAILED, run.code());
    assertEquals(4, run.out().lines().count(), run.out());
    assertEquals(
        List.of("5", "8", "8", "10"),
        node.requests.stream()
            .map(r -> JsonParser.parseString(r.json()).getAsJsonObject().get("from").getAsString())
            .toList());
  }

  @Test
  void attachingToNoProcessIsNotFound() {
    Run run = Run.of(directory, "attach", "999999999");
    assertEquals(
        new Run(ExitCode.NOT_FOUND, "", "quicksilver: there is no process 999999999\n"), run);
  }

  @Test
  void whatIsNoJvmIsLeftAlone() throws IOException {
    Process sleeping = new ProcessBuilder("sleep", "60").start();
    try {
      String jar = directory.resolve("node.sock").toString();
      Run run = Run.of(directory, "attach", "" + sleeping.pid(), "--agent", jar);
      assertEquals(ExitCode.NOT_FOUND, run.code(), run.err());
      assertTrue(sleeping.isAlive());
    } finally {
      sleeping.destroyForcibly();
    }
  }

  @Test
  void withoutAJarThereIsNothingToAttach() {
    Run run = Run.of(directory, "attach", "" + ProcessHandle.current().pid());
    assertEquals(ExitCode.FAILED, run.code(), run.err());
    assertTrue(run.err().contains("no agent to load"), run.err());
  }
}
