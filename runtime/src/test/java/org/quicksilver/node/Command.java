package org.quicksilver.node;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.quicksilver.comm.ControlClient;
import org.quicksilver.comm.Message;
import org.quicksilver.comm.MessageCodec;
import org.quicksilver.config.Home;

/** Asks a node as a command does. */
final class Command {

  private final Home home;

  Command(Home home) {
    this.home = home;
  }

  JsonElement result(String json) throws IOException {
    JsonObject answer = ask(json, new byte[0]);
    if (answer.has("error")) {
      throw new AssertionError(answer);
    }
    return answer.get("result");
  }

  JsonArray list(String json) throws IOException {
    return result(json).getAsJsonArray();
  }

  /** The rows of all pages of an answer; each page fits into a frame. */
  List<JsonObject> pages(String command, String fields) throws IOException {
    List<JsonObject> rows = new ArrayList<>();
    String after = "";
    while (true) {
      JsonObject page = ask("{'command':'" + command + "'" + fields + after + "}", new byte[0]);
      assertTrue(page.toString().length() < MessageCodec.LONGEST_FRAME / 2);
      page.getAsJsonArray("result").forEach(row -> rows.add(row.getAsJsonObject()));
      if (!page.has("next")) {
        return rows;
      }
      after = ",'after':'" + page.get("next").getAsString() + "'";
    }
  }

  JsonObject ask(String json, byte[] proof) throws IOException {
    try (ControlClient client = ControlClient.connect(home.socket())) {
      client.send(new Message.AdminRequest(Message.VERSION, proof, json.replace('\'', '"')));
      Message.AdminResponse response = (Message.AdminResponse) client.receive();
      return JsonParser.parseString(response.json()).getAsJsonObject();
    }
  }

  JsonObject asOwner(String json) throws IOException {
    return ask(json, home.secret());
  }
}
