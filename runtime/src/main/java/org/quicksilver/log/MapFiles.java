package org.quicksilver.log;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.quicksilver.config.Home;

/**
 * Opens the map files of one directory: as they are after an orderly stop, recovered after any
 * other.
 *
 * <p>A file gets its name when it is whole. It is made, and recovered, as {@code *.new} and then
 * renamed: Chronicle's recovery takes every entry out and in again and marks the file unready
 * meanwhile, so a process killed in it would leave less than it found.
 */
final class MapFiles implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(MapFiles.class.getName());

  private static final String SUFFIX = ".map";

  private final Path directory;
  private final boolean unclean;
  private final List<MapFile> opened = new ArrayList<>();

  /**
   * Looks after one directory.
   *
   * @param unclean whether the last user of the files may have been killed
   */
  MapFiles(Path directory, boolean unclean) {
    this.directory = directory;
    this.unclean = unclean;
  }

  /**
   * Opens the file of a map; makes it if there is none; moves it aside and makes a new one if it
   * cannot be used.
   *
   * @throws IOException if no file can be made here; an existing one is then where it was
   */
  MapFile open(MapShape shape) throws IOException {
    MapFile map = open(directory.resolve(shape.name() + SUFFIX), shape);
    opened.add(map);
    return map;
  }

  /** Closes all that were opened. */
  @Override
  public void close() {
    opened.forEach(MapFile::close);
    opened.clear();
  }

  private MapFile open(Path file, MapShape shape) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return create(file, shape);
    }
    try {
      MapHeader.check(file);
    } catch (IOException e) {
      return replace(file, shape, e);
    }
    return unclean ? recover(file, shape) : reopen(file, shape);
  }

  private static MapFile reopen(Path file, MapShape shape) throws IOException {
    try {
      return new MapFile(file, shape.builder().createPersistedTo(file.toFile()), true);
    } catch (IOException | RuntimeException | LinkageError | AssertionError | InternalError e) {
      return replace(file, shape, e);
    }
  }

  /** Recovers a copy; what cannot even be copied is left alone and stops the start. */
  private static MapFile recover(Path file, MapShape shape) throws IOException {
    Path copy = emptyFile(file);
    SparseCopy.copy(file, copy);
    Repairs repairs = new Repairs(file);
    try {
      shape.builder().recoverPersistedTo(copy.toFile(), false, repairs).close();
    } catch (IOException | RuntimeException | LinkageError | AssertionError | InternalError e) {
      return replace(file, shape, e);
    }
    repairs.log();
    return publish(copy, file, shape, repairs.isNone());
  }

  /** Only after a new file could be made: where that fails it is not the old one that is broken. */
  private static MapFile replace(Path file, MapShape shape, Throwable why) throws IOException {
    Path fresh = createAside(file, shape);
    moveAside(file, why);
    return publish(fresh, file, shape, false);
  }

  private static MapFile create(Path file, MapShape shape) throws IOException {
    return publish(createAside(file, shape), file, shape, false);
  }

  private static Path createAside(Path file, MapShape shape) throws IOException {
    Path fresh = emptyFile(file);
    shape.builder().createPersistedTo(fresh.toFile()).close();
    return fresh;
  }

  private static MapFile publish(Path fresh, Path file, MapShape shape, boolean whole)
      throws IOException {
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    return new MapFile(file, shape.builder().createPersistedTo(file.toFile()), whole);
  }

  private static Path emptyFile(Path file) throws IOException {
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(fresh);
    return Files.createFile(fresh, Home.ownerOnlyFile());
  }

  /** Moves every map aside. */
  void moveAllAside(Throwable why) throws IOException {
    try (DirectoryStream<Path> maps = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
      for (Path map : maps) {
        moveAside(map, why);
      }
    }
  }

  /**
   * Renames a file that cannot be used to the first free {@code *.damaged-n}, for a person to look
   * at.
   */
  static void moveAside(Path file, Throwable why) throws IOException {
    int number = 1;
    while (Files.exists(damaged(file, number), LinkOption.NOFOLLOW_LINKS)) {
      number++;
    }
    Path aside = damaged(file, number);
    Files.move(file, aside);
    LOG.log(
        Level.SEVERE,
        why,
        () -> file + " cannot be used and was moved to " + aside + "; going on with an empty one");
  }

  private static Path damaged(Path file, int number) {
    return file.resolveSibling(file.getFileName() + ".damaged-" + number);
  }
}
