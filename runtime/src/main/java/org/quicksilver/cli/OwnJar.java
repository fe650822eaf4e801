package org.quicksilver.cli;

import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Optional;

/** The jar that this program runs from. */
final class OwnJar {

  private static final String SCHEME = "jar:file:";

  private OwnJar() {}

  /** Empty if it runs from a directory of classes. */
  static Optional<Path> find() {
    // Classes have no address in the jar.
    URL url = OwnJar.class.getResource("version.properties");
    String text = url == null ? "" : url.toString();
    int end = text.indexOf("!/");
    return text.startsWith(SCHEME) && end > 0
        ? Optional.of(Path.of(URI.create(text.substring("jar:".length(), end))))
        : Optional.empty();
  }
}
