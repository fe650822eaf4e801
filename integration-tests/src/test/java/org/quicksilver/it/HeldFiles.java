package org.quicksilver.it;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a server holds of the files below a directory, each of which is named for its client. */
final class HeldFiles {

  private final Cli cli;
  private final RunningProgram server;
  private final Path files;

  HeldFiles(Cli cli, RunningProgram server, Path files) {
    this.cli = cli;
    this.server = server;
    this.files = files;
  }

  /** The transaction of each, by the node's account. */
  Map<String, String> owners() {
    Map<String, String> owners = new TreeMap<>();
    for (JsonObject handle : cli.handles(server.pid())) {
      String what = handle.get("what").getAsString();
      if (what.startsWith(files.toString())) {
        owners.put(Path.of(what).getFileName().toString(), handle.get("transaction").getAsString());
      }
    }
    return owners;
  }

  /** Whose are open, by the kernel's account: what is before the first hyphen of their names. */
  Set<String> clients() {
    return server.descriptors().below(files).stream()
        .map(path -> Path.of(path).getFileName().toString())
        .map(name -> name.substring(0, name.indexOf('-')))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
