package org.quicksilver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class TreeDrawingTest {

  private static final String CHAIN =
      """
      {"transaction":"00c0ffee00c0ffee-00000007-2a","phase":"ACTIVE","failed":false,"reasons":[],
       "ownerPid":4711,"owner":{"pid":4711,"command":"client.jar","incarnation":7},"kind":"conversation",
       "handles":[{"kind":"SOCKET","what":"127.0.0.1:5000 -> 127.0.0.1:7000","ageMillis":130000}],
       "participants":[
        {"pid":4713,"incarnation":9,"command":"data.jar","state":"LIVE","via":"127.0.0.1:5001 -> 127.0.0.1:7001",
         "fromPid":4712,"handles":[{"kind":"FILE","what":"/srv/c","ageMillis":1000}]},
        {"pid":4712,"incarnation":8,"command":"files.jar","state":"LIVE","via":"127.0.0.1:5000 -> 127.0.0.1:7000",
         "fromPid":4711,"handles":[{"kind":"FILE","what":"/srv/a","ageMillis":500},
                                   {"kind":"TEMP_FILE","what":"/tmp/b","ageMillis":5000}]},
        {"pid":4999,"incarnation":12,"command":"","state":"DISCONNECTED","via":"","fromPid":0,"handles":[]}]}
      """;

  private static String draw(String json, int width, boolean ascii) {
    StringWriter text = new StringWriter();
    new TreeDrawing(new PrintWriter(text, true), width, ascii, 2)
        .draw(new Row(JsonParser.parseString(json).getAsJsonObject()));
    return text.toString();
  }

  @Test
  void theTreeFollowsTheConnections() {
    assertEquals(
        """
        00c0ffee00c0ffee-00000007-2a  conversation  active
        └─ 4711 client.jar
           ├─ socket 127.0.0.1:5000 -> 127.0.0.1:7000  2m10s
           ├─ 4712 files.jar  live  via 127.0.0.1:5000 -> 127.0.0.1:7000
           │  ├─ file /srv/a  500ms
           │  ├─ temp-file /tmp/b  5.0s
           │  └─ 4713 data.jar  live  via 127.0.0.1:5001 -> 127.0.0.1:7001
           │     └─ file /srv/c  1.0s
           └─ 4999  disconnected
        """,
        draw(CHAIN, Screen.UNLIMITED, false));
  }

  @Test
  void plainCharactersOnRequest() {
    assertEquals(
        """
        00c0ffee00c0ffee-00000007-2a  conversation  active
        `- 4711 client.jar
           |- socket 127.0.0.1:5000 -> 127.0.0.1:7000  2m10s
           |- 4712 files.jar  live  via 127.0.0.1:5000 -> 127.0.0.1:7000
           |  |- file /srv/a  500ms
           |  |- temp-file /tmp/b  5.0s
           |  `- 4713 data.jar  live  via 127.0.0.1:5001 -> 127.0.0.1:7001
           |     `- file /srv/c  1.0s
           `- 4999  disconnected
        """,
        draw(CHAIN, Screen.UNLIMITED, true));
  }

  @Test
  void ofManyHandlesOnlySomeAreDrawn() {
    String many =
        """
        {"transaction":"t","kind":"process","phase":"ACTIVE","owner":{"pid":1},
         "handles":[{"kind":"FILE","what":"/a"},{"kind":"FILE","what":"/b"},
                    {"kind":"FILE","what":"/c"},{"kind":"FILE","what":"/d"}]}
        """;
    assertEquals(
        """
        t  process  active
        `- 1
           |- file /a  0ms
           |- file /b  0ms
           `- and 2 more handles
        """,
        draw(many, 80, true));
  }

  @Test
  void longLinesAreShortenedToTheScreen() {
    assertTrue(draw(CHAIN, 52, false).lines().allMatch(line -> line.length() <= 52));
  }

  @Test
  void aFailedTransactionSaysWhy() {
    assertEquals(
        "t  process  aborting  failed: 4712 died; told to",
        draw(
                "{\"transaction\":\"t\",\"kind\":\"process\",\"phase\":\"ABORTING\",\"failed\":true,\"reasons\":[\"4712"
                    + " died\",\"told to\"]}",
                80,
                false)
            .lines()
            .findFirst()
            .orElseThrow());
  }

  @Test
  void participantsThatBroughtInOneAnotherAreDrawnOnce() {
    String circle =
        """
        {"transaction":"t","kind":"conversation","phase":"ACTIVE","owner":{"pid":1},
         "participants":[{"pid":2,"incarnation":2,"fromPid":3,"state":"LIVE"},
                         {"pid":3,"incarnation":3,"fromPid":2,"state":"LIVE"}]}
        """;
    assertEquals(
        """
        t  conversation  active
        `- 1
           `- 2  live
              `- 3  live
        """,
        draw(circle, 80, true));
  }
}
