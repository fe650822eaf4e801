package org.quicksilver.cli;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.quicksilver.Quicksilver;
import org.quicksilver.config.Durations;
import org.quicksilver.queue.CallException;
import org.quicksilver.queue.DeadlineExpiredException;
import org.quicksilver.queue.RequestFailedException;
import org.quicksilver.queue.ServiceQueues;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code quicksilver call}. */
@Command(
    name = "call",
    description = {
      "Sends one request to a service queue and prints its completion.",
      "",
      "The request is made without a transaction. It waits until somebody serves the queue, for as"
          + " long as the timeout says."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      ExitCode.OK_HELP,
      ExitCode.USAGE_HELP,
      ExitCode.NO_NODE_HELP,
      "5:Nobody completed the request in time.",
      "7:The server failed, or died; the message says what.",
      ExitCode.FAILED_HELP
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  quicksilver call files --data 'list /'",
      "  quicksilver call files --file request.bin --timeout 30s"
    })
final class CallCommand implements Callable<Integer> {

  private final Screen screen;

  @Parameters(paramLabel = "NAME", description = "The queue.")
  private String name = "";

  /** What is sent. */
  static final class Body {
    @Option(names = "--data", paramLabel = "TEXT", description = "The request, as UTF-8.")
    private @Nullable String data;

    @Option(names = "--file", paramLabel = "FILE", description = "The request is in this file.")
    private @Nullable Path file;
  }

  @ArgGroup(exclusive = true)
  private @Nullable Body body;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "10s",
      description = "How long to wait, such as 500ms, 30s (default: 10s).")
  private String timeout = "10s";

  @Option(names = "--home", paramLabel = "DIR", description = "Home directory of the node.")
  private @Nullable Path home;

  @Option(
      names = "--json",
      description = "Print {\"completion\": text, \"base64\": bytes, \"micros\": time}.")
  private boolean json;

  CallCommand(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws CommandException {
    Duration patience = patience();
    byte[] request = request();
    try (Quicksilver quicksilver = connect();
        ServiceQueues queues = ServiceQueues.of(quicksilver)) {
      long began = System.nanoTime();
      byte[] completion = queues.queue(name).call(request, patience);
      print(completion, (System.nanoTime() - began) / 1000);
      return ExitCode.OK;
    } catch (DeadlineExpiredException e) {
      throw new CommandException(
          ExitCode.NOT_FOUND, "no completion from queue '" + name + "' in " + timeout, e);
    } catch (RequestFailedException e) {
      throw new CommandException(ExitCode.REFUSED, "the server failed: " + e.getMessage(), e);
    } catch (CallException e) {
      throw new CommandException(ExitCode.REFUSED, String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.FAILED, "interrupted", e);
    }
  }

  private Duration patience() throws CommandException {
    try {
      return Durations.parse(timeout);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCode.USAGE, "--timeout: " + e.getMessage(), e);
    }
  }

  private Quicksilver connect() throws CommandException {
    try {
      return home == null ? Quicksilver.open() : Quicksilver.open(home);
    } catch (IOException e) {
      throw new CommandException(ExitCode.NO_NODE, String.valueOf(e.getMessage()), e);
    }
  }

  private byte[] request() throws CommandException {
    Body given = body;
    if (given == null || given.data != null) {
      String text = given == null || given.data == null ? "" : given.data;
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Files.readAllBytes(given.file);
    } catch (IOException e) {
      throw new CommandException(ExitCode.FAILED, "cannot read " + given.file + ": " + e, e);
    }
  }

  private void print(byte[] completion, long micros) {
    String text = new String(completion, StandardCharsets.UTF_8);
    if (json) {
      JsonObject object = new JsonObject();
      object.addProperty("completion", text);
      object.addProperty("base64", Base64.getEncoder().encodeToString(completion));
      object.addProperty("micros", micros);
      screen.out().println(object);
    } else {
      screen.out().println(text);
    }
  }
}
