package org.quicksilver.demo;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A transaction, as {@code quicksilver tree --json} tells of it.
 *
 * @param transaction its ID
 * @param owner the process that began it
 * @param participants the processes that take part in it
 */
record TreeEntry(String transaction, long owner, Set<Long> participants) {
  /** The transactions that a process known here has begun. */
  static List<TreeEntry> parse(String json) {
    return Json.objects("tree --json", json, TreeEntry::hasOwner, TreeEntry::of);
  }

  /** The owner's process number is not known of every transaction: it may be on another host. */
  private static boolean hasOwner(JsonObject entry) {
    return entry.has("ownerPid") && !entry.get("ownerPid").isJsonNull();
  }

  private static TreeEntry of(JsonObject entry) {
    return new TreeEntry(
        entry.get("transaction").getAsString(),
        entry.get("ownerPid").getAsLong(),
        entry.getAsJsonArray("participants").asList().stream()
            .map(JsonElement::getAsJsonObject)
            .map(participant -> participant.get("pid").getAsLong())
            .collect(Collectors.toSet()));
  }
}
