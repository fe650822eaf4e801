package org.quicksilver.it.subject;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.Selectors;
import org.apache.commons.vfs2.impl.StandardFileSystemManager;

/** File systems in archives, and a log. */
final class ShopFiles {

  private ShopFiles() {}

  static Map<String, Shop.Opening> openings() {
    return Map.of("vfs", Vfs::new, "log", Log::new);
  }

  /** Reads in archives, and in archives in archives, and copies out of them. */
  private static final class Vfs implements Shop.Store {
    private final StandardFileSystemManager manager = new StandardFileSystemManager();
    private final Path directory;
    private int served;

    Vfs(Path directory) throws IOException {
      this.directory = Files.createDirectories(directory.resolve("vfs"));
      zip(directory.resolve("vfs/inner.zip"), "a.txt", "first".getBytes(StandardCharsets.UTF_8));
      zip(
          directory.resolve("vfs/outer.zip"),
          "inner.zip",
          Files.readAllBytes(directory.resolve("vfs/inner.zip")));
      manager.setTemporaryFileStore(
          new org.apache.commons.vfs2.impl.DefaultFileReplicator(
              directory.resolve("vfs/temporary").toFile()));
      manager.init();
    }

    private static void zip(Path file, String name, byte[] content) throws IOException {
      try (OutputStream out = Files.newOutputStream(file);
          ZipOutputStream zip = new ZipOutputStream(out)) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
      }
    }

    @Override
    public synchronized String serve() throws IOException {
      served++;
      String plain = text("zip:" + directory.resolve("inner.zip") + "!/a.txt");
      String nested = text("zip:zip:" + directory.resolve("outer.zip") + "!/inner.zip!/a.txt");
      FileObject copy = manager.resolveFile(directory.resolve("copies/" + served).toString());
      copy.copyFrom(
          manager.resolveFile("jar:" + directory.resolve("inner.zip") + "!/"),
          Selectors.SELECT_ALL);
      return plain + " " + nested + " " + copy.getChildren().length + " of " + served;
    }

    private String text(String uri) throws FileSystemException, IOException {
      try (FileObject file = manager.resolveFile(uri)) {
        return new String(
            file.getContent().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    @Override
    public void close() {
      manager.close();
    }
  }

  /** Written by everybody. */
  private static final class Log implements Shop.Store {
    private final Logger logger = Logger.getLogger("shop");
    private final FileHandler handler;

    Log(Path directory) throws IOException {
      handler = new FileHandler(directory.resolve("shop.log").toString());
      handler.setFormatter(new SimpleFormatter());
      logger.setUseParentHandlers(false);
      logger.setLevel(Level.INFO);
      logger.addHandler(handler);
    }

    @Override
    public String serve() {
      logger.info("served");
      return "logged";
    }

    @Override
    public void close() {
      handler.close();
    }
  }
}
