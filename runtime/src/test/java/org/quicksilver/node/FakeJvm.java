package org.quicksilver.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.quicksilver.comm.Message;
import org.quicksilver.config.Home;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.transaction.TransactionId;

/**
 * The program of a forked JVM: a {@link FakeAgent} that does what it reads on standard input and
 * writes what it hears. Arguments: home, policies. Ends with its standard input, hence with the
 * test.
 */
final class FakeJvm {

  private FakeJvm() {}

  public static void main(String[] args) throws Exception {
    String policies = args.length > 1 ? args[1] : "";
    FakeAgent agent = new FakeAgent(new Home(Path.of(args[0])), FakeJvm::say, policies);
    out("incarnation " + agent.incarnation());
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      obey(agent, line.split("\t"));
      out("done");
    }
    Runtime.getRuntime().halt(1);
  }

  private static void obey(FakeAgent agent, String[] words) throws Exception {
    switch (words[0]) {
      case "connect" -> agent.connect();
      case "disconnect" -> agent.disconnect();
      case "open" ->
          agent.open(
              HandleKind.valueOf(words[1]),
              TransactionId.parse(words[2]),
              words[3],
              Long.parseLong(words[4]));
      case "accepted" -> agent.accepted(TransactionId.parse(words[1]), words[2], words[3]);
      case "closed" ->
          agent.closed(
              TransactionId.parse(words[1]), words[2], words[3], Boolean.parseBoolean(words[4]));
      case "ack" -> agent.send(new Message.EndAck(TransactionId.parse(words[1])));
      case "leave" -> {
        agent.crumbs().leaving();
        Runtime.getRuntime().halt(0);
      }
      default -> throw new IOException("unknown word " + words[0]);
    }
  }

  private static void say(Message message) {
    out("got " + System.currentTimeMillis() + " " + message);
  }

  private static synchronized void out(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
