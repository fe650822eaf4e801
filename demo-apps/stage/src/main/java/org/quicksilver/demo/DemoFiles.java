package org.quicksilver.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the servers serve: one file of two blocks, and the index that knows it.
 *
 * @param directory holds all of it and nothing else
 */
record DemoFiles(Path directory) {
  /** The name under which clients ask for the file. */
  static final String NAME = "report";

  static DemoFiles create(Path directory) {
    DemoFiles files = new DemoFiles(directory);
    try {
      Files.createDirectories(files.root());
      Files.createDirectories(files.blocks());
      Files.writeString(files.root().resolve("report.txt"), "the quarterly report\n");
      Files.writeString(files.blocks().resolve("block-17"), "the quarterly ");
      Files.writeString(files.blocks().resolve("block-18"), "report\n");
      Files.writeString(files.index(), NAME + " report.txt block-17,block-18\n");
      return files;
    } catch (IOException e) {
      throw new DemoException("cannot write the demo's files to " + directory, e);
    }
  }

  Path root() {
    return directory.resolve("files");
  }

  Path blocks() {
    return directory.resolve("blocks");
  }

  Path index() {
    return directory.resolve("index");
  }
}
