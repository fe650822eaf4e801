package org.quicksilver.agent.instrument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HookCheckTest {

  private static final String FILE = "java/io/FileInputStream";

  private static Hook hook(String type, int arity, String... methods) {
    return new Hook("file", type, List.of(methods), arity, "FileAdvice$Open");
  }

  private static List<String> unmatched(Hook hook) throws IOException {
    return HookCheck.unmatched(Map.of(hook.type(), List.of(hook)));
  }

  @Test
  void everyHookOfOursMatchesOnTheJdkOfTheTests() throws IOException {
    List<Hook> all = new ArrayList<>(Hook.ALL);
    all.addAll(SystemHooks.ALL);
    all.addAll(TaskHooks.JDK);
    assertEquals(
        List.of(), HookCheck.unmatched(all.stream().collect(Collectors.groupingBy(Hook::type))));
  }

  @Test
  void methodThatIsGoneIsTold() throws IOException {
    assertEquals(
        List.of("java.io.FileInputStream.openAll (file)"), unmatched(hook(FILE, 1, "openAll")));
  }

  @Test
  void methodWithOtherParametersIsTold() throws IOException {
    assertEquals(
        List.of("java.io.FileInputStream.close (file)"), unmatched(hook(FILE, 2, "close")));
  }

  @Test
  void nativeMethodHasNothingToIntercept() throws IOException {
    assertFalse(unmatched(hook(FILE, 1, "open0")).isEmpty());
  }

  @Test
  void classThatIsGoneIsToldUnlessItIsNotEverywhere() throws IOException {
    assertEquals(List.of("java.io.Gone.close (file)"), unmatched(hook("java/io/Gone", 0, "close")));
    assertEquals(List.of(), unmatched(hook("sun/nio/ch/EPollPoller", Hook.ANY, "<init>")));
  }

  @Test
  void oneOfSeveralNamesIsEnough() throws IOException {
    assertEquals(List.of(), unmatched(hook(FILE, 0, "closeAll", "close")));
  }

  @Test
  void shapeKnowsParametersOfEverySort() throws IOException {
    try (InputStream file = Object.class.getResourceAsStream("String.class")) {
      ClassShape shape = ClassShape.read(file);
      assertTrue(shape.matches(hook("java/lang/String", 5, "regionMatches")));
      assertTrue(shape.matches(hook("java/lang/String", 3, "<init>")));
      assertTrue(shape.matches(hook("java/lang/String", 0, "<clinit>")));
      assertFalse(shape.matches(hook("java/lang/String", 6, "regionMatches")));
    }
  }
}
