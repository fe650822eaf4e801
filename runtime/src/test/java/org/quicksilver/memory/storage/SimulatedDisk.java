package org.quicksilver.memory.storage;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files in memory, by name, with locks; what a file is and how it dies is the test's.
 *
 * @param <C> what a file holds
 */
public abstract class SimulatedDisk<C> implements FileAccess {

  private final Map<Path, C> contents = new ConcurrentHashMap<>();
  private final Set<Path> locked = ConcurrentHashMap.newKeySet();

  /** All files. */
  protected final Map<Path, C> contents() {
    return contents;
  }

  /** What a new file holds. */
  protected abstract C newContent();

  /** Opens a file. */
  protected abstract StorageFile file(Path path, C content);

  @Override
  public final StorageFile open(Path path, boolean writable) throws NoSuchFileException {
    C content = contents.get(path);
    if (content == null) {
      throw new NoSuchFileException(path.toString());
    }
    return file(path, content);
  }

  @Override
  public final StorageFile create(Path path, Set<PosixFilePermission> mode)
      throws FileAlreadyExistsException {
    C content = newContent();
    if (contents.putIfAbsent(path, content) != null) {
      throw new FileAlreadyExistsException(path.toString());
    }
    return file(path, content);
  }

  @Override
  public final void delete(Path path) {
    contents.remove(path);
  }

  @Override
  public final void forceDirectory(Path directory) {}

  /** An open file, locked against the others of this disk. */
  protected abstract class SimulatedFile implements StorageFile {
    private final Path path;
    private boolean locker;

    /** Opened. */
    protected SimulatedFile(Path path) {
      this.path = path;
    }

    @Override
    public final Path path() {
      return path;
    }

    @Override
    public final synchronized boolean tryLock() {
      locker |= locked.add(path);
      return locker;
    }

    @Override
    public final synchronized void close() {
      if (locker) {
        locked.remove(path);
        locker = false;
      }
    }
  }
}
