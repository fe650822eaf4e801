package org.quicksilver.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One log, many callers, one thread that writes. Whoever comes while a group is being forced goes
 * into the next one: one write and one force for all of them.
 *
 * <p>The tail and the requests are shared; the files belong to the thread that runs this, which
 * takes requests first and the tail then, so that whatever is to be forced is in what it takes.
 */
final class GroupCommit implements Runnable {

  private static final Logger LOG = Logger.getLogger(GroupCommit.class.getName());

  private final ForcedLog log;
  private final LogFiles files;
  private final Doorbell bell = new Doorbell();
  private final SharedTail tail;
  private final Inbox inbox = new Inbox();
  private Inbox.Requests requests = new Inbox.Requests();
  private volatile long written;
  private volatile long forced;

  /** For the thread that makes it. */
  GroupCommit(ForcedLog log) {
    this.log = log;
    this.files = log.files();
    this.tail = new SharedTail(log.tail(), bell);
    this.written = files.written();
    this.forced = files.forced();
  }

  long append(LogParticipant participant, ByteBuffer payload) {
    return tail.append(participant, payload);
  }

  void mark(LogParticipant participant, long lsn) {
    tail.mark(participant, lsn);
    inbox.forceSoon();
    bell.ring();
  }

  long lowWater(LogParticipant participant) {
    return tail.lowWater(participant);
  }

  CompletableFuture<Void> written(long lsn) {
    if (lsn <= written) {
      return CompletableFuture.completedFuture(null);
    }
    tail.checkGiven(lsn);
    return called(inbox.write());
  }

  CompletableFuture<Void> forced(long lsn) {
    if (lsn <= forced) {
      return CompletableFuture.completedFuture(null);
    }
    tail.checkGiven(lsn);
    return called(inbox.force());
  }

  /** All that was appended. */
  CompletableFuture<Void> allForced() {
    return called(inbox.force());
  }

  LogStatistics statistics() {
    return files.meter().statistics();
  }

  /** Ends the thread once all is forced; done already if it has failed or was closed. */
  CompletableFuture<Void> close() {
    return called(inbox.close());
  }

  void perform(Inbox.Task task) {
    inbox.perform(task);
    bell.ring();
  }

  private CompletableFuture<Void> called(CompletableFuture<Void> promise) {
    bell.ring();
    return promise;
  }

  long lastForced() {
    return forced;
  }

  @Override
  public void run() {
    try {
      while (requests.closings.isEmpty()) {
        bell.await();
        requests = inbox.take();
        writeGroup();
        makeSpareIfWanted();
        requests.tasks.forEach(each -> each.run(files, null));
      }
      close(new LogFailedException("the log is closed", null));
    } catch (Throwable e) {
      fail(
          e instanceof LogFailedException failed
              ? failed
              : LogFailedException.of(files.forced(), e));
    }
  }

  private void writeGroup() {
    files.write(tail.drain(files.forced()));
    written = files.written();
    requests.writes.keep();
    if (requests.wantForce()) {
      files.force();
      forced = files.forced();
      requests.forces.keep();
      files.truncate();
    }
  }

  private void makeSpareIfWanted() {
    if (tail.wantsSpare()) {
      try {
        tail.offer(files.create());
      } catch (LogFullException e) {
        LOG.log(Level.FINE, "no spare segment", e);
        tail.refuse(e);
      }
    }
  }

  /** Whoever appended before it was closed is forced, too. */
  private void close(LogFailedException why) throws IOException {
    tail.fail(why);
    inbox.fail(why);
    log.close();
    written = files.written();
    forced = files.forced();
    Inbox.Requests late = inbox.take();
    late.writes.keep();
    late.forces.keep();
    late.closings.keep();
    late.refuse(files, why);
    requests.closings.keep();
  }

  private void fail(LogFailedException why) {
    tail.fail(why);
    inbox.fail(why);
    requests.refuse(files, why);
    inbox.take().refuse(files, why);
    try {
      files.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a segment of the log cannot be closed", e);
    }
  }
}
