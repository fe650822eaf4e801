package org.quicksilver.node;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import org.quicksilver.comm.ControlClient;
import org.quicksilver.comm.Message;
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
