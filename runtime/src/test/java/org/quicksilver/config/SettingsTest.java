package org.quicksilver.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class SettingsTest {

  @TempDir Path home;
  private final Properties properties = new Properties();
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void useTheHome() {
    environment.put("QUICKSILVER_HOME", home.toString());
  }

  private Settings read(String arguments) {
    return Settings.read(arguments, properties, environment);
  }

  private void file(String lines) throws IOException {
    Files.writeString(home.resolve("quicksilver.properties"), lines);
  }

  @Test
  void withoutOptionsEverythingHasItsDefault() {
    Settings settings = Settings.read(null, properties, environment);
    assertEquals(
        new Settings(
            new Home(home),
            "auto",
            "",
            true,
            LeakHunt.DEFAULT,
            List.of(),
            true,
            "",
            Duration.ofMinutes(1),
            "256m",
            List.of(),
            Duration.ofSeconds(10),
            "ordinary",
            List.of()),
        settings);
  }

  @Test
  void theHomeIsInTheUsersDirectoryIfNothingIsSaid() {
    environment.clear();
    assertEquals(
        Path.of(System.getProperty("user.home"), ".quicksilver"), read("").home().directory());
  }

  @Test
  void everyOptionIsReadFromTheArguments() {
    Settings settings =
        read(
            "home="
                + home.resolve("other")
                + ",node=EMBEDDED,policy=file=reclaim;*=observe,stack=off,stack-sample=10,stack-budget=7,stack-close=on,leak-age=file:"
                + "5m; *:1h,leak-count=socket:100,without=File;"
                + " Socket,cache=no,listen=127.0.0.1:7777,linger=5m,node-heap=1g,"
                + "peers=/other/home; 127.0.0.1:7001,link-death=3s,sturdiness=Robust");
    assertEquals(
        new Settings(
            new Home(home.resolve("other")),
            "embedded",
            "file=reclaim;*=observe",
            false,
            new LeakHunt(
                Integer.MAX_VALUE,
                10,
                7,
                true,
                Map.of("file", Duration.ofMinutes(5), "*", Duration.ofHours(1)),
                Map.of("socket", 100)),
            List.of("file", "socket"),
            false,
            "127.0.0.1:7777",
            Duration.ofMinutes(5),
            "1g",
            List.of("/other/home", "127.0.0.1:7001"),
            Duration.ofSeconds(3),
            "robust",
            List.of()),
        settings);
  }

  @Test
  void argumentsBeatPropertiesBeatTheEnvironmentBeatsTheFile() throws IOException {
    file(
        "quicksilver.node-heap=1m\n"
            + "quicksilver.linger=1s\n"
            + "quicksilver.stack=off\n"
            + "quicksilver.node=off\n");
    environment.put("QUICKSILVER_NODE_HEAP", "2m");
    environment.put("QUICKSILVER_LINGER", "2s");
    environment.put("QUICKSILVER_STACK", "on");
    properties.put("quicksilver.node-heap", "3m");
    properties.put("quicksilver.linger", "3s");
    Settings settings = read("node-heap=4m");
    assertEquals("4m", settings.nodeHeap());
    assertEquals(Duration.ofSeconds(3), settings.linger());
    assertTrue(settings.stack());
    assertEquals("off", settings.node());
    assertEquals(List.of(), settings.complaints());
  }

  @ParameterizedTest
  @EnumSource
  void everyOptionHasItsNameAndItsPlaceInTheHelp(Option option) {
    assertEquals("quicksilver." + option.key(), option.property());
    assertTrue(option.variable().matches("QUICKSILVER_[A-Z_]+"));
    assertFalse(option.form().isBlank());
    assertFalse(option.meaning().isBlank());
  }

  @ParameterizedTest
  @CsvSource({
    "stack, maybe",
    "stack, 0",
    "stack, 99999999999",
    "stack-sample, 0",
    "stack-sample, some",
    "stack-budget, 0",
    "stack-budget, 101",
    "leak-age, 5m",
    "leak-age, file:soon",
    "leak-count, file:0",
    "leak-count, file:many",
    "cache, 1",
    "linger, soon",
    "linger, -PT5S",
    "linger, 999999999999d",
    "node, sometimes",
    "node, host:",
    "node, :80",
    "node, host:0",
    "node, host:65536",
    "node, host:x",
    "node-heap, 256",
    "node-heap, m",
    "node-heap, -5m",
    "node-heap, 1t",
    "node-heap, ٣m",
    "listen, 7777",
    "listen, host:x",
    "listen, host:65536",
    "without, disk",
  })
  void aWrongValueIsNamedInOneLineAndTheDefaultIsUsed(String key, String value) {
    Settings settings = read(key + "=" + value);
    assertEquals(1, settings.complaints().size(), () -> settings.complaints().toString());
    String complaint = settings.complaints().get(0);
    assertTrue(complaint.contains("'" + value + "'"), complaint);
    assertTrue(complaint.contains(" " + key + " "), complaint);
    assertTrue(complaint.contains("using "), complaint);
    Settings defaults = read("");
    assertEquals(defaults.linger(), settings.linger());
    assertEquals(defaults.node(), settings.node());
    assertEquals(defaults.nodeHeap(), settings.nodeHeap());
    assertEquals(defaults.listen(), settings.listen());
    assertEquals(defaults.without(), settings.without());
    assertTrue(settings.stack() && settings.cache());
  }

  @Test
  void aValueOfSeveralLinesIsComplainedOfInOne() {
    properties.put("quicksilver.linger", "soon\nor\r\nlater");
    properties.put("quicksilver.a\nb", "c");
    List<String> complaints = read("node=x\ny").complaints();
    assertEquals(3, complaints.size());
    complaints.forEach(complaint -> assertEquals(1, complaint.lines().count(), complaint));
  }

  @ParameterizedTest
  @CsvSource({"home", "config"})
  void aPathThatIsNoneIsComplainedOf(String key) {
    properties.put("quicksilver." + key, "a\0b");
    List<String> complaints = read("").complaints();
    assertEquals(1, complaints.size(), complaints.toString());
    assertTrue(complaints.get(0).contains(key), complaints.toString());
  }

  @Test
  void otherFamiliesAreKeptBesideAWrongOne() {
    Settings settings = read("without=file;disk;window");
    assertEquals(List.of("file", "window"), settings.without());
    assertEquals(1, settings.complaints().size());
  }

  @Test
  void nodesAreNamedByHostAndPort() {
    assertEquals("node.example:7777", read("node=node.example:7777").node());
    assertEquals("[::1]:7777", read("node=[::1]:7777").node());
    assertEquals("127.0.0.1:0", read("listen=127.0.0.1:0").listen());
  }

  @Test
  void anUnknownArgumentIsIgnoredWithAComplaintThatListsTheKnownOnes() {
    List<String> complaints = read("sticks=on,stack").complaints();
    assertEquals(2, complaints.size());
    assertTrue(complaints.get(0).contains("'sticks'"), complaints.get(0));
    for (Option option : Option.values()) {
      assertTrue(complaints.get(0).contains(option.key()), complaints.get(0));
    }
    assertTrue(complaints.get(1).contains("'stack' has no value"), complaints.get(1));
  }

  @Test
  void anUnknownPropertyIsComplainedOfOnlyIfItIsOurs() {
    properties.put("quicksilver.sticks", "on");
    properties.put("java.sticks", "on");
    List<String> complaints = read("").complaints();
    assertEquals(1, complaints.size());
    assertTrue(complaints.get(0).contains("'sticks'"), complaints.get(0));
  }

  @Test
  void everyUnknownKeyOfTheFileIsComplainedOf() throws IOException {
    file("stack=off\nquicksilver.sticks=on\nquicksilver.cache=off\n");
    Settings settings = read("");
    assertEquals(2, settings.complaints().size(), () -> settings.complaints().toString());
    settings.complaints().forEach(c -> assertTrue(c.contains("quicksilver.properties"), c));
    assertFalse(settings.cache());
    assertTrue(settings.stack());
  }

  @Test
  void aNamedFileIsReadInsteadOfTheOneInTheHome() throws IOException {
    file("quicksilver.stack=off\n");
    Path other = Files.writeString(home.resolve("other"), "quicksilver.cache=off\n");
    Settings settings = read("config=" + other);
    assertTrue(settings.stack());
    assertFalse(settings.cache());
  }

  @Test
  void aFileThatCannotBeReadIsComplainedOfAndTheRestIsUsed() throws IOException {
    Path missing = home.resolve("missing");
    assertUnreadable(read("stack=off,config=" + missing), missing);
    Path directory = Files.createDirectory(home.resolve("directory"));
    assertUnreadable(read("stack=off,config=" + directory), directory);
    Path malformed = Files.writeString(home.resolve("malformed"), "quicksilver.node=\\u00zz\n");
    assertUnreadable(read("stack=off,config=" + malformed), malformed);
    Path binary = Files.write(home.resolve("binary"), new byte[] {'a', '=', -1, -2});
    assertUnreadable(read("stack=off,config=" + binary), binary);
  }

  @Test
  void theFileOfTheHomeIsComplainedOfIfItIsThereAndCannotBeRead() throws IOException {
    Files.createDirectory(home.resolve("quicksilver.properties"));
    assertUnreadable(read("stack=off"), home.resolve("quicksilver.properties"));
  }

  private static void assertUnreadable(Settings settings, Path file) {
    assertEquals(1, settings.complaints().size(), () -> settings.complaints().toString());
    String complaint = settings.complaints().get(0);
    assertTrue(complaint.contains(file.toString()), complaint);
    assertEquals(1, complaint.lines().count(), complaint);
    assertFalse(settings.stack());
    assertEquals("auto", settings.node());
  }

  @Test
  void spacesAroundValuesDoNotCount() {
    environment.put("QUICKSILVER_STACK", " off ");
    properties.put("quicksilver.cache", " off ");
    Settings settings = read(" linger = 5s ,node-heap= 1m ");
    assertEquals(List.of(), settings.complaints());
    assertFalse(settings.stack() || settings.cache());
    assertEquals(Duration.ofSeconds(5), settings.linger());
    assertEquals("1m", settings.nodeHeap());
  }

  @Test
  void aNumberOfFramesSwitchesStacksOnAndLimitsThem() {
    Settings settings = read("stack=12");
    assertTrue(settings.stack());
    assertEquals(12, settings.hunt().depth());
    assertEquals(List.of(), settings.complaints());
  }
}
