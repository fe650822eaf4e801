package org.quicksilver.cli;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.List;

/** Asks for the audit trail again and again, each time for the lines after those it has seen. */
final class Following {

  /** Asks the node. */
  interface Question {
    JsonElement ask(JsonObject request) throws CommandException;
  }

  /** Prints an answer; the first one with headings. */
  interface Display {
    void show(JsonElement result, boolean first);
  }

  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Question question;
  private final JsonObject request;
  private final Display display;

  Following(Question question, JsonObject request, Display display) {
    this.question = question;
    this.request = request;
    this.display = display;
  }

  /** Returns when the thread is interrupted; throws when the node is gone. */
  int run() throws CommandException {
    boolean first = true;
    while (!Thread.currentThread().isInterrupted()) {
      JsonElement result = question.ask(request);
      List<Row> lines = Row.all(result);
      if (first || !lines.isEmpty()) {
        display.show(result, first);
      }
      if (!lines.isEmpty()) {
        request.addProperty("from", lines.get(lines.size() - 1).number("number") + 1);
      }
      first = false;
      pause();
    }
    return ExitCode.OK;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
