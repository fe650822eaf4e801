package org.quicksilver.memory.lrvm;

import java.io.IOException;

/**
 * The end of an opened log: what is committed gets into it, its header says so, the threads end,
 * the files are closed.
 */
final class Closing {

  private final Recovered recovered;
  private final Health health;
  private final CommitLog log;
  private final Truncation truncation;
  private final LogWriter writer;
  private final Thread writing;
  private final Worker worker;

  Closing(
      Recovered recovered,
      Health health,
      CommitLog log,
      Truncation truncation,
      LogWriter writer,
      Thread writing,
      Worker worker) {
    this.recovered = recovered;
    this.health = health;
    this.log = log;
    this.truncation = truncation;
    this.writer = writer;
    this.writing = writing;
    this.worker = worker;
  }

  /**
   * Blocks until all is done.
   *
   * @param orderly whether the log may be said to be closed
   */
  void run(boolean orderly) {
    try {
      worker.call(
          () -> {
            if (orderly && !health.isFailed()) {
              endLog();
            }
            return true;
          });
    } catch (Exception e) {
      throw Failures.typed(recovered.file().path(), e);
    } finally {
      log.wake();
      writer.stop();
      Worker.join(writing);
      worker.execute(this::closeFiles);
      worker.stop();
      worker.join();
    }
  }

  private void endLog() throws Exception {
    if (!log.flushIfRoom()) {
      truncation.truncate();
      log.flushIfRoom();
    }
    truncation.closed(log.look(LogSpace::tail));
  }

  private void closeFiles() {
    try {
      recovered.segments().close();
      recovered.file().close();
    } catch (IOException e) {
      health.fail(e);
    }
  }
}
