package org.quicksilver.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicksilver.handle.Policy.Action;

final class PoliciesTest {

  @Test
  void aRuleIsReadInAllItsParts() {
    PolicyRule rule = PolicyRule.parse("temp-file:/srv/spool/**=reclaim+leaks@250ms");
    assertEquals(HandleKind.TEMP_FILE, rule.kind());
    assertEquals("/srv/spool/**", rule.glob());
    assertEquals(new Policy(Action.RECLAIM, true, Duration.ofMillis(250)), rule.policy());
  }

  @Test
  void whatIsLeftOutIsEverythingAndTwoSeconds() {
    PolicyRule rule = PolicyRule.parse("*=observe");
    assertNull(rule.kind());
    assertNull(rule.glob());
    assertEquals(Policy.DEFAULT, rule.policy());
    assertEquals(PolicyRule.parse("file=ignore"), PolicyRule.parse("file:=ignore"));
  }

  @ParameterizedTest
  @CsvSource({
    "*=observe, *=observe@2s",
    " FILE = Reclaim , file=reclaim@2s",
    "Temp_File=IGNORE@0, temp-file=ignore@0s",
    "socket:10.*:80=reclaim+leaks@1m, socket:10.*:80=reclaim+leaks@60s",
    "file:/a=b=reclaim@1500ms, file:/a=b=reclaim@1500ms",
    "process:*sh -c *=reclaim @ 3s, process:*sh -c *=reclaim@3s",
  })
  void aRulePrintsAsItIsRead(String text, String printed) {
    PolicyRule rule = PolicyRule.parse(text);
    assertEquals(printed, rule.toString());
    assertEquals(rule, PolicyRule.parse(rule.toString()));
  }

  @Test
  void everyCombinationSurvivesPrinting() {
    for (HandleKind kind : HandleKind.values()) {
      for (Action action : Action.values()) {
        for (String glob : new String[] {null, "*", "/a b/ü?/**", "x:y=z"}) {
          Policy policy = new Policy(action, kind.code() % 2 == 0, Duration.ofMillis(kind.code()));
          PolicyRule rule = new PolicyRule(kind, glob, policy);
          assertEquals(rule, PolicyRule.parse(rule.toString()));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', not a policy rule",
    "=observe, not a policy rule",
    "file, not a policy rule",
    "hole=observe, unknown kind of handle 'hole'",
    "file=close, unknown policy 'close'",
    "file=, unknown policy ''",
    "file=reclaim+leak, unknown policy 'reclaim+leak'",
    "file=reclaim@, not a duration",
    "file=reclaim@soon, not a duration",
    "file=reclaim@-2s, not a duration",
    "file=reclaim@PT-2S, not a duration",
    "file=reclaim@999999999999d, not a duration",
  })
  void aMalformedRuleIsRefusedSayingWhy(String text, String why) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> PolicyRule.parse(text)).getMessage();
    assertTrue(message.startsWith(why), message);
  }

  @Test
  void oneMalformedRuleRefusesTheList() {
    assertThrows(IllegalArgumentException.class, () -> Policies.parse("file=observe;file=nothing"));
  }

  @ParameterizedTest
  @CsvSource({
    "/tmp/*, /tmp/a, true",
    "/tmp/*, /tmp/a/b, false",
    "/tmp/**, /tmp/a/b, true",
    "/tmp/**/x, /tmp/a/b/x, true",
    "/tmp/?, /tmp/a, true",
    "/tmp/?, /tmp/ab, false",
    "*.tmp, a.tmp, true",
    "*.tmp, atmp, false",
    "**.tmp, /x/a.tmp, true",
    "'[a](b)|{c}^$\\E+', '[a](b)|{c}^$\\E+', true",
    "/tmp/a, /tmp/ab, false",
    "/tmp/a, x/tmp/a, false",
    "'', '', true",
    "***, a/b, true",
  })
  void globsMatchPathsAsShellsDo(String glob, String what, boolean matches) {
    assertEquals(
        matches ? Action.IGNORE : Action.OBSERVE,
        Policies.parse("file:" + glob + "=ignore").of(HandleKind.FILE, what).action());
  }

  @Test
  void aGlobMatchesAcrossLines() {
    Policies policies = Policies.parse("window:a**b=ignore");
    assertEquals(Action.IGNORE, policies.of(HandleKind.WINDOW, "a\nb").action());
  }

  @Test
  void theFirstRuleThatMatchesCounts() {
    Policies policies = Policies.parse("file:/a/**=ignore;file=reclaim@1s; *=observe@9s ;");
    assertEquals(Action.IGNORE, policies.of(HandleKind.FILE, "/a/b").action());
    assertEquals(Action.RECLAIM, policies.of(HandleKind.FILE, "/b").action());
    assertEquals(Duration.ofSeconds(9), policies.of(HandleKind.SOCKET, "/a/b").grace());
  }

  @Test
  void withoutARuleEverythingIsObserved() {
    assertEquals(Policy.DEFAULT, Policies.NONE.of(HandleKind.FILE, "/a"));
    assertEquals(Policy.DEFAULT, Policies.parse("file=ignore").of(HandleKind.SOCKET, "x"));
    assertEquals(0, Policies.parse(" ; ;").rules().size());
  }

  @Test
  void ownRulesComeBeforeThoseOfTheNode() {
    Policies both = Policies.parse("file=ignore").then(Policies.parse("file=reclaim;*=reclaim"));
    assertEquals(Action.IGNORE, both.of(HandleKind.FILE, "/a").action());
    assertEquals(Action.RECLAIM, both.of(HandleKind.SOCKET, "/a").action());
    assertEquals("file=ignore@2s;file=reclaim@2s;*=reclaim@2s", both.toString());
    assertEquals(both.rules(), Policies.parse(both.toString()).rules());
  }

  @Test
  void leaksAreReclaimedOnlyIfTheRuleSaysSo() {
    assertTrue(PolicyRule.parse("*=reclaim").policy().reclaims(true));
    assertFalse(PolicyRule.parse("*=reclaim").policy().reclaims(false));
    assertTrue(PolicyRule.parse("*=reclaim+leaks").policy().reclaims(false));
    assertFalse(PolicyRule.parse("*=observe+leaks").policy().reclaims(true));
    assertFalse(PolicyRule.parse("*=ignore").policy().reclaims(true));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  void aGraceIsNeverNegative(long seconds) {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Policy(Action.OBSERVE, false, Duration.ofSeconds(seconds)));
  }
}
