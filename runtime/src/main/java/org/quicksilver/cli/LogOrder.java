package org.quicksilver.cli;

import com.google.gson.JsonElement;
import java.io.PrintWriter;

/** A command that has the running node do something to its log, and says how far that reaches. */
abstract class LogOrder extends NodeRequest {

  LogOrder(Screen screen) {
    super(screen);
  }

  @Override
  final boolean asOwner() {
    return true;
  }

  @Override
  final void show(JsonElement result, PrintWriter out) {
    Row row = new Row(result.getAsJsonObject());
    if (row.number("segments") == 0) {
      out.println("the log is empty: nothing was written yet");
      return;
    }
    out.println("forced up to  " + row.text("forced"));
    out.println("kept from     " + row.text("lowWater"));
    out.println("segments      " + row.text("segments"));
    out.println("bytes         " + row.text("bytes"));
    if (!row.text("holder").isEmpty()) {
      out.println("oldest segment is needed by  " + row.text("holder"));
    }
  }
}
