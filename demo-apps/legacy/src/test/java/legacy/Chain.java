package legacy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** File server, directory server and data server, each in its process, with one file to serve. */
final class Chain implements AutoCloseable {
  final Path directory;
  final LegacyProcess data;
  final LegacyProcess index;
  final LegacyProcess file;

  Chain(Path directory) throws IOException {
    this.directory = directory;
    Path blocks = Files.createDirectories(directory.resolve("blocks"));
    Files.writeString(blocks.resolve("block-1"), "first half, ");
    Files.writeString(blocks.resolve("block-2"), "second half");
    Path root = Files.createDirectories(directory.resolve("root"));
    Files.writeString(root.resolve("report.txt"), "a report");
    Path list = directory.resolve("index");
    Files.writeString(list, "report report.txt block-1,block-2\nlost nowhere block-3\n");
    data = LegacyProcess.start(directory, DataServer.class, "0", blocks.toString());
    index =
        LegacyProcess.start(directory, DirectoryServer.class, "0", data.port(), list.toString());
    file = LegacyProcess.start(directory, FileServer.class, "0", index.port(), root.toString());
  }

  /** A client that holds the file open. */
  LegacyProcess client() throws IOException {
    LegacyProcess client = LegacyProcess.start(directory, FileClient.class, file.port(), "report");
    client.awaitLine("holding");
    return client;
  }

  /**
   * How many of the served files the server has open. The output files lie beside them and do not
   * count.
   */
  long openFiles(LegacyProcess server) {
    return server.open(directory.toString()).stream()
        .filter(name -> !name.endsWith(".out"))
        .count();
  }

  @Override
  public void close() throws InterruptedException {
    file.close();
    index.close();
    data.close();
  }
}
