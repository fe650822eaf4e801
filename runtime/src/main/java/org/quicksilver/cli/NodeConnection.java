package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;
import org.quicksilver.comm.ControlClient;
import org.quicksilver.comm.Message;
import org.quicksilver.config.Home;

/**
 * Asks one node one thing. Blocking; everything that goes wrong becomes a {@link CommandException}.
 */
final class NodeConnection {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] NO_PROOF = {};
  private static final String NEXT = "next";

  private final Home home;
  private final Optional<InetSocketAddress> address;
  private final Duration patience;

  NodeConnection(Target target) throws CommandException {
    this(target, PATIENCE);
  }

  /**
   * Knows the way, but does not yet connect.
   *
   * @param patience how long to wait for an answer; too short: a busy node is given up
   */
  NodeConnection(Target target, Duration patience) throws CommandException {
    this.home = target.home();
    this.address = target.address();
    this.patience = patience;
  }

  /**
   * Sends a request and returns its result, however many pages it has.
   *
   * @param asOwner whether to show the owner's secret
   */
  JsonElement ask(JsonObject request, boolean asOwner) throws CommandException {
    JsonObject page = page(request, asOwner);
    if (!page.has(NEXT)) {
      return result(page);
    }
    Rows rows = new Rows();
    rows.add(result(page));
    JsonObject further = request.deepCopy();
    while (page.has(NEXT)) {
      further.add("after", page.get(NEXT));
      page = page(further, asOwner);
      rows.add(result(page));
    }
    return rows.all();
  }

  private static JsonElement result(JsonObject page) {
    JsonElement result = page.get("result");
    return result == null ? new JsonObject() : result;
  }

  private JsonObject page(JsonObject request, boolean asOwner) throws CommandException {
    try (ControlClient client = connect();
        Deadline deadline = new Deadline(patience, client)) {
      return page(answer(client, request, asOwner, deadline));
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "the node did not answer: " + e.getMessage(), e);
    }
  }

  private Message answer(
      ControlClient client, JsonObject request, boolean asOwner, Deadline deadline)
      throws IOException, CommandException {
    try {
      byte[] proof = address.isPresent() ? answerTo(client) : asOwner ? secret() : NO_PROOF;
      client.send(new Message.AdminRequest(Message.VERSION, proof, request.toString()));
      return client.receive();
    } catch (IOException e) {
      throw deadline.isMissed()
          ? new IOException("no word in " + Age.of(patience.toMillis()), e)
          : e;
    }
  }

  private ControlClient connect() throws CommandException {
    try {
      return address.isPresent()
          ? ControlClient.connect(address.get())
          : ControlClient.connect(home.socket());
    } catch (IOException e) {
      if (address.isEmpty() && Files.exists(home.socket()) && !Files.isWritable(home.socket())) {
        throw new CommandException(
            ExitCode.DENIED, "no permission to talk to the node of " + home.directory(), e);
      }
      throw new CommandException(ExitCode.NO_NODE, nobody(), e);
    } catch (RuntimeException e) {
      throw new CommandException(ExitCode.NO_NODE, nobody() + " (" + e + ")", e);
    }
  }

  private String nobody() {
    return address
        .map(a -> "no node answers at " + a.getHostString() + ":" + a.getPort())
        .orElse(
            "no node is running for "
                + home.directory()
                + ": start a program with the agent, or run 'quicksilver node'"
                + LastWords.in(home.nodeOutput())
                    .map(words -> "; what one said last is in " + words)
                    .orElse(""));
  }

  /** Over TCP nobody is trusted: the node asks, and who knows the secret can answer. */
  private byte[] answerTo(ControlClient client) throws IOException, CommandException {
    if (!(client.receive() instanceof Message.Challenge challenge)) {
      throw new IOException("it is no node, or one of another version");
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(secret());
      return digest.digest(challenge.nonce());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Never drawn here: a secret that the node does not know proves nothing. */
  private byte[] secret() throws CommandException {
    Path file = home.directory().resolve("secret");
    try {
      if (!Files.exists(file)) {
        throw new AccessDeniedException(file.toString());
      }
      return home.secret();
    } catch (IOException e) {
      throw new CommandException(
          ExitCode.DENIED, "this needs the owner's secret, and " + file + " cannot be read", e);
    }
  }

  private JsonObject page(Message answer) throws CommandException, IOException {
    if (answer instanceof Message.Refused refused) {
      throw new CommandException(
          address.isPresent() ? ExitCode.DENIED : ExitCode.FAILED,
          "the node refused: " + refused.reason());
    }
    if (!(answer instanceof Message.AdminResponse response)) {
      throw new IOException("it answered with a " + answer.getClass().getSimpleName());
    }
    try {
      JsonObject json = JsonParser.parseString(response.json()).getAsJsonObject();
      if (json.has("error")) {
        throw refusal(new Row(json));
      }
      return json;
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException("it answered with something else than JSON", e);
    }
  }

  private static CommandException refusal(Row error) {
    int code =
        switch (error.text("code")) {
          case "not-found", "ended" -> ExitCode.NOT_FOUND;
          case "denied" -> ExitCode.DENIED;
          case "bad-request" -> ExitCode.USAGE;
          case "refused" -> ExitCode.REFUSED;
          default -> ExitCode.FAILED;
        };
    return new CommandException(code, error.text("error"));
  }
}
