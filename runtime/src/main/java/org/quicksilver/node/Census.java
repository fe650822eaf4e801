package org.quicksilver.node;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.quicksilver.config.Home;
import org.quicksilver.handle.BreadcrumbReader;
import org.quicksilver.handle.BreadcrumbsRefusedException;
import org.quicksilver.node.Counters.Count;

/**
 * Finds the JVMs of a home by their breadcrumb files, also those that never said a word. A file
 * that cannot be read is counted and logged once, and put aside when nobody can be writing it;
 * nothing in it is acted on. Node thread only.
 */
final class Census {

  private static final String SUFFIX = ".crumbs";

  /**
   * Between the creation of a file and its lock lie microseconds; a file this old without a lock
   * has no writer.
   */
  private static final Duration WRITERS_GONE = Duration.ofSeconds(5);

  private final Home home;
  private final long node;
  private final boolean embedded;
  private final NodeLog log;
  private final Counters counters;
  private final Set<Path> refused = new HashSet<>();

  Census(Home home, long node, boolean embedded, NodeLog log, Counters counters) {
    this.home = home;
    this.node = node;
    this.embedded = embedded;
    this.log = log;
    this.counters = counters;
  }

  /** The incarnations for which there are files now. */
  List<Integer> incarnations() {
    List<Integer> found = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(home.breadcrumbs(), "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        incarnation(name.substring(0, name.length() - SUFFIX.length()))
            .ifPresentOrElse(found::add, () -> putAside(file, "its name is no incarnation"));
      }
    } catch (IOException | RuntimeException e) {
      log.warn("cannot list " + home.breadcrumbs() + ": " + e);
    }
    return found;
  }

  private static Optional<Integer> incarnation(String name) {
    try {
      return Optional.of(Integer.parseUnsignedInt(name));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Opens the file of one JVM; empty if there is none or it cannot be trusted. */
  Optional<Jvm> open(int incarnation) {
    Path file = home.breadcrumbs(incarnation);
    try {
      return checked(file, BreadcrumbReader.open(file), incarnation);
    } catch (BreadcrumbsRefusedException e) {
      putAside(file, String.valueOf(e.getMessage()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      log.warn("cannot read " + file + ": " + e);
    }
    return Optional.empty();
  }

  private Optional<Jvm> checked(Path file, BreadcrumbReader crumbs, int incarnation)
      throws IOException {
    if (crumbs.incarnation() == incarnation && crumbs.node() == node && crumbs.pid() > 0) {
      return Optional.of(new Jvm(file, crumbs, 0));
    }
    if (crumbs.pid() != ProcessHandle.current().pid()) {
      crumbs.close();
    }
    putAside(file, "it was written for another home or under another name");
    return Optional.empty();
  }

  /** An embedded node touches no file that might be its own JVM's, see {@link Jvm#release}. */
  private void putAside(Path file, String why) {
    if (isBeingWritten(file)) {
      return;
    }
    if (refused.add(file)) {
      counters.add(Count.REFUSED_FILES);
      log.warn("refused " + file + ": " + why);
    }
    try {
      if (!embedded && isOld(file) && DeathCheck.isUnlocked(file)) {
        Path aside = Files.createDirectories(home.breadcrumbs().resolve("refused"));
        Files.move(file, aside.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        refused.remove(file);
      }
    } catch (IOException e) {
      log.warn("cannot put aside " + file + ": " + e);
    }
  }

  /** Its process has locked it just now; it is looked at again soon. */
  private boolean isBeingWritten(Path file) {
    try {
      return !embedded && !isOld(file) && !DeathCheck.isUnlocked(file);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isOld(Path file) throws IOException {
    long age = System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
    return age > WRITERS_GONE.toMillis();
  }
}
