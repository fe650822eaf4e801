package org.quicksilver.it;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.quicksilver.it.subject.Tls;

/** Stores with a key of this host, made by the JDK's own tool. */
final class KeyStores {

  private KeyStores() {}

  /** A new one in that room. */
  static Path make(Room room, Jdk jdk) throws IOException, InterruptedException {
    Path store = room.directory().resolve("keys.p12");
    ProcessBuilder tool =
        new ProcessBuilder(
            List.of(
                jdk.home().resolve("bin/keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-keystore",
                store.toString(),
                "-storepass",
                Tls.PASSWORD));
    Process process = Processes.start(tool.redirectErrorStream(true));
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
    return store;
  }
}
