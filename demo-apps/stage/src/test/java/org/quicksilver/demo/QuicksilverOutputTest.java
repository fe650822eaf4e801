package org.quicksilver.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The part of Quicksilver's JSON on which the demo relies. */
class QuicksilverOutputTest {
  @Test
  void auditGivesTheReclaims() {
    String json =
        """
        [{"number":1,"at":"2026-11-20T10:00:00.123456Z","event":"RECLAIMED","pid":7,"kind":"FILE",
          "what":"/tmp/x","incarnation":3,"stack":["a","b"],"outcome":"ABORTED","millis":1.5},
         {"number":2,"at":"2026-11-20T10:00:01Z","event":"NODE_STARTED"}]
        """;
    Reclaim reclaim =
        new Reclaim(Instant.parse("2026-11-20T10:00:00.123456Z"), 7, "FILE", "/tmp/x");
    assertEquals(List.of(reclaim), Reclaim.parse(json));
  }

  @Test
  void treeGivesOwnersAndParticipants() {
    String json =
        """
        [{"transaction":"n.1.2","phase":"LIVE","failed":false,"ownerPid":4,
          "participants":[{"pid":5,"handles":[]},{"pid":6,"handles":[{"kind":"FILE"}]}]},
         {"transaction":"n.1.3","ownerPid":null,"participants":[]}]
        """;
    assertEquals(List.of(new TreeEntry("n.1.2", 4, Set.of(5L, 6L))), TreeEntry.parse(json));
  }

  @Test
  void anythingElseIsAnErrorThatShowsIt() {
    for (String json : new String[] {"", "no node", "{}", "[1]", "[{\"event\":\"RECLAIMED\"}]"}) {
      DemoException error = assertThrows(DemoException.class, () -> Reclaim.parse(json), json);
      assertTrue(error.getMessage().contains("audit --json"), error.getMessage());
      assertTrue(error.getMessage().endsWith(json), error.getMessage());
    }
  }
}
