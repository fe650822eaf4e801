package org.quicksilver.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: ours, as the build wrote it down, and Java's. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() throws IOException {
    Properties properties = new Properties();
    try (InputStream in = Version.class.getResourceAsStream("version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    }
    return new String[] {
      "quicksilver " + properties.getProperty("version", "unknown"),
      "Java " + System.getProperty("java.version") + ", " + System.getProperty("java.home")
    };
  }
}
