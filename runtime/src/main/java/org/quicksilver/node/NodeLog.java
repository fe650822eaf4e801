package org.quicksilver.node;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.quicksilver.transaction.TransactionId;

/**
 * The log of one node, a file in its home. The logger has no name, so that an application in the
 * same JVM cannot meet it. Thread-safe.
 */
final class NodeLog implements Closeable {

  private final Logger logger = Logger.getAnonymousLogger();
  private final LogFile file;
  private final List<Handler> displaced = new ArrayList<>();

  NodeLog(Path path) throws IOException {
    file = new LogFile(path);
    logger.setUseParentHandlers(false);
    logger.addHandler(file);
  }

  /**
   * Takes over what libraries log, which would otherwise go to standard error; only for a node that
   * is a process of its own.
   */
  void adoptLibraries() {
    Logger root = Logger.getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
      displaced.add(handler);
    }
    root.addHandler(file);
  }

  /** Something worth knowing. */
  void info(String text) {
    logger.info(text);
  }

  /** Something that should not happen often. */
  void warn(String text) {
    logger.warning(text);
  }

  /** Something that should not happen. */
  void error(String text, Throwable cause) {
    logger.log(Level.SEVERE, text, cause);
  }

  /** A step of a transaction. */
  void step(TransactionId tid, Object before, Object after, String event, String reason) {
    logger.info(tid + " " + before + " -> " + after + ", " + event + ", " + reason);
  }

  @Override
  public void close() {
    if (!displaced.isEmpty()) {
      Logger root = Logger.getLogger("");
      root.removeHandler(file);
      displaced.forEach(root::addHandler);
    }
    logger.removeHandler(file);
    file.close();
  }
}
