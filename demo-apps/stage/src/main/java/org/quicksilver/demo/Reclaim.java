package org.quicksilver.demo;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * A handle that was closed for a dead client, as {@code quicksilver audit --json} tells of it.
 *
 * @param at when
 * @param pid the process that held it
 * @param kind FILE, SOCKET, WINDOW and others
 * @param what path, endpoints or title
 */
record Reclaim(Instant at, long pid, String kind, String what) {
  /** The reclaims in an audit trail; it has other events too. */
  static List<Reclaim> parse(String json) {
    return Json.objects(
        "audit --json",
        json,
        entry -> entry.get("event").getAsString().equals("RECLAIMED"),
        Reclaim::of);
  }

  private static Reclaim of(JsonObject entry) {
    return new Reclaim(
        Instant.parse(entry.get("at").getAsString()),
        entry.get("pid").getAsLong(),
        entry.get("kind").getAsString(),
        entry.get("what").getAsString());
  }
}
