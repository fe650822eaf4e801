package org.quicksilver.handle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ScopeRulesTest {

  private final ScopeRules rules = ScopeRules.builtIn();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com.zaxxer.hikari.pool.PoolBase.newConnection(PoolBase.java:362)",
        "java.util.ServiceLoader$LazyClassPathLookupIterator.parse(ServiceLoader.java:1172)",
        "jdk.internal.loader.URLClassPath$JarLoader.getJarFile(URLClassPath.java:744)",
        "java.util.logging.FileHandler.open(FileHandler.java:510)",
        "sun.net.www.http.HttpClient.openServer(HttpClient.java:531)",
      })
  void aFrameOfAPoolOrALoaderMakesTheHandleShared(String frame) {
    assertTrue(rules.isShared(frame));
    assertTrue(
        rules.isShared(
            "java.io.FileInputStream.<init>(FileInputStream.java:158)\n"
                + frame
                + "\na.B.c(D.java:1)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "legacy.FileSession.serve(FileSession.java:80)",
        "my.com.zaxxer.hikari.Fake.x(Fake.java:1)",
        "com.zaxxer.hikariesque.A.b(A.java:1)",
        "java.lang.ClassLoaders.x(ClassLoaders.java:1)",
      })
  void otherFramesDoNot(String frame) {
    assertFalse(rules.isShared(frame));
  }

  @Test
  void withoutAStackNothingIsShared() {
    assertFalse(rules.isShared(""));
  }

  @Test
  void commentsOfTheListAreNoRules() {
    assertFalse(rules.isShared("# Log appenders"));
    assertFalse(rules.isShared("Log appenders"));
  }

  @Test
  void rulesOfTheUserAreAddedToThoseThatComeAlong(@TempDir Path home) throws IOException {
    Path file = home.resolve("scope.rules");
    assertFalse(rules.and(file).isShared("shop.Cache.fill(Cache.java:1)"));
    Files.writeString(file, "# ours\nshop.Cache.  # filled once\n*Singleton\n");
    ScopeRules all = rules.and(file);
    assertEquals(
        Optional.of("shop.Cache."), all.rule("java.io.X.y(X.java)\nshop.Cache.fill(Cache.java:1)"));
    assertTrue(all.isShared("shop.MenuSingleton.get(MenuSingleton.java:2)"));
    assertTrue(all.isShared("com.zaxxer.hikari.pool.PoolBase.newConnection(PoolBase.java:362)"));
    assertFalse(all.isShared("shop.Cart.load(Cart.java:31)"));
  }

  @Test
  void fileThatCannotBeReadIsAnError(@TempDir Path home) throws IOException {
    Path file = Files.write(home.resolve("scope.rules"), new byte[] {'a', (byte) 0xc3, '\n'});
    assertThrows(IOException.class, () -> rules.and(file));
    assertThrows(IOException.class, () -> rules.and(home));
  }
}
