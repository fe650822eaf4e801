package org.quicksilver.agent.instrument;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was transformed once is found again, and nobody who loads a class waits for the disk. */
@Timeout(60)
final class ClassCacheTest {

  private static final byte[] ORIGINAL = {1, 2, 3};
  private static final byte[] TRANSFORMED = {4, 5};

  @TempDir private Path directory;

  @Test
  void whatWasSavedIsFoundForTheSameBytesOnly() throws Exception {
    Path file = directory.resolve("a.classes");
    ClassCache cache = new ClassCache(file);
    cache.put("A", ORIGINAL, TRANSFORMED);
    cache.save();
    ClassCache again = new ClassCache(file);
    assertArrayEquals(TRANSFORMED, again.get("A", ORIGINAL));
    assertNull(again.get("A", new byte[] {1, 2, 4}));
    assertNull(again.get("B", ORIGINAL));
  }

  @Test
  void theNewestFormsOfAClassAreKept() throws Exception {
    Path file = directory.resolve("a.classes");
    for (byte form = 1; form <= 6; form++) {
      ClassCache cache = new ClassCache(file);
      cache.put("A", new byte[] {form}, new byte[] {form, form});
      cache.put("A", new byte[] {form}, new byte[] {form, form});
      cache.save();
    }
    ClassCache cache = new ClassCache(file);
    for (byte form = 1; form <= 2; form++) {
      assertNull(cache.get("A", new byte[] {form}), "form " + form);
    }
    for (byte form = 3; form <= 6; form++) {
      assertArrayEquals(new byte[] {form, form}, cache.get("A", new byte[] {form}));
    }
  }

  @Test
  void aDamagedFileCountsAsAnEmptyOne() throws Exception {
    Path file = directory.resolve("a.classes");
    ClassCache cache = new ClassCache(file);
    cache.put("A", ORIGINAL, TRANSFORMED);
    cache.save();
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertNull(new ClassCache(file).get("A", ORIGINAL));
  }

  /**
   * A thread that loads a native library, and for it a class, holds a lock that who opens a file
   * may need.
   */
  @Test
  void whoLoadsAClassDoesNotWaitForWhoSaves() throws Exception {
    CountDownLatch saves = new CountDownLatch(1);
    CountDownLatch loaded = new CountDownLatch(1);
    Path file = directory.resolve("a.classes");
    ClassCache cache = new ClassCache(slow(file, saves, loaded));
    cache.put("A", ORIGINAL, TRANSFORMED);
    CompletableFuture<Void> saving =
        CompletableFuture.runAsync(
            () -> {
              try {
                cache.save();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    assertTrue(saves.await(30, TimeUnit.SECONDS));
    cache.put("B", ORIGINAL, TRANSFORMED);
    assertArrayEquals(TRANSFORMED, cache.get("A", ORIGINAL));
    assertFalse(saving.isDone(), "it waits for this thread");
    loaded.countDown();
    // Such a path cannot be written to in the end.
    assertThrows(ExecutionException.class, saving::get);
  }

  /** Whoever asks for what lies beside it waits until all is loaded. */
  private static Path slow(Path file, CountDownLatch asked, CountDownLatch loaded) {
    return (Path)
        Proxy.newProxyInstance(
            Path.class.getClassLoader(),
            new Class<?>[] {Path.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("resolveSibling")) {
                asked.countDown();
                assertTrue(loaded.await(30, TimeUnit.SECONDS));
              }
              return method.invoke(file, arguments);
            });
  }
}
