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
 * The log of one node, a file in its home. Takes what is logged under {@code org.quicksilver} by
 * the packages below, too, and keeps it from the handlers of an application in the same JVM. The
 * node's own logger has no name. Thread-safe.
 */
final class NodeLog implements Closeable {

  private final Logger logger = Logger.getAnonymousLogger();
  private final Logger below = Logger.getLogger("org.quicksilver");
  private final Logger root = Logger.getLogger("");
  private final LogFile file;
  private final List<Handler> displaced = new ArrayList<>();

  NodeLog(Path path) throws IOException {
    file = new LogFile(path);
    logger.setUseParentHandlers(false);
    logger.addHandler(file);
    below.setUseParentHandlers(false);
    below.addHandler(file);
  }

  /**
   * Takes over what libraries log, which would otherwise go to standard error; only for a node that
   * is a process of its own.
   */
  void adoptLibraries() {
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
    root.removeHandler(file);
    displaced.forEach(root::addHandler);
    below.removeHandler(file);
    below.setUseParentHandlers(below.getHandlers().length == 0);
    logger.removeHandler(file);
    file.close();
  }
}
