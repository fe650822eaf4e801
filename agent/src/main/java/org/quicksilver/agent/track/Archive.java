package org.quicksilver.agent.track;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;

/**
 * One open archive and the ZIP files that read it: the JDK opens it once for all of them. Refers to
 * them weakly. Thread-safe.
 */
final class Archive implements Closeable {

  private final List<WeakReference<ZipFile>> users = new ArrayList<>(1);

  synchronized void add(ZipFile user) {
    users.removeIf(known -> known.get() == null);
    users.add(new WeakReference<>(user));
  }

  private synchronized List<WeakReference<ZipFile>> users() {
    return new ArrayList<>(users);
  }

  /** Closes those that read it, never the archive itself: it goes with the last of them. */
  @Override
  public void close() throws IOException {
    for (WeakReference<ZipFile> user : users()) {
      ZipFile file = user.get();
      if (file != null) {
        file.close();
      }
    }
  }
}
