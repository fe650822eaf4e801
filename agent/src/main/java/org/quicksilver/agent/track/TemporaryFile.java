package org.quicksilver.agent.track;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.PrivilegedAction;

/**
 * A temporary file on disk. It has no object in the application that could be watched, so this is
 * the object: kept by the handle table until the file is gone.
 *
 * @param path absolute
 * @param inode of the file when it was made, 0 if unknown: a name may be used again by somebody
 *     else
 */
public record TemporaryFile(Path path, long inode) {

  static TemporaryFile of(Path path) {
    return new TemporaryFile(path, inodeOf(path));
  }

  private static long inodeOf(Path path) {
    return Privileged.run(new Inode(path));
  }

  private record Inode(Path path) implements PrivilegedAction<Long> {
    @Override
    public Long run() {
      try {
        Object inode = Files.getAttribute(path, "unix:ino", LinkOption.NOFOLLOW_LINKS);
        return inode instanceof Number number ? number.longValue() : 0L;
      } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
        return 0L;
      }
    }
  }

  /** Whether the very file is still there. */
  public boolean exists() {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS) && (inode == 0 || inode == inodeOf(path));
  }
}
