package org.quicksilver.node;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.Peer;
import org.quicksilver.handle.BreadcrumbReader;
import org.quicksilver.handle.Policies;
import org.quicksilver.transaction.TransactionId;

/**
 * One JVM that has not been found dead, with its breadcrumbs open for reading. Node thread only.
 */
final class Jvm {

  private final Path file;
  private final BreadcrumbReader crumbs;
  private long startMark;
  private @Nullable Peer peer;
  private String command = "";

  /**
   * Knows a JVM by its file.
   *
   * @param file its breadcrumbs
   * @param crumbs the same, open
   * @param startMark of its process, see {@link ProcessTable#startMark}; 0 if not known
   */
  Jvm(Path file, BreadcrumbReader crumbs, long startMark) {
    this.file = file;
    this.crumbs = crumbs;
    this.startMark = startMark;
  }

  Path file() {
    return file;
  }

  BreadcrumbReader crumbs() {
    return crumbs;
  }

  int incarnation() {
    return crumbs.incarnation();
  }

  long pid() {
    return crumbs.pid();
  }

  TransactionId processTransaction() {
    return crumbs.processTransaction();
  }

  long startMark() {
    return startMark;
  }

  void startMark(long mark) {
    startMark = mark;
  }

  /** The control channel, if there is one. */
  @Nullable Peer peer() {
    return peer;
  }

  void peer(@Nullable Peer now) {
    peer = now;
  }

  JvmState state() {
    return peer == null ? JvmState.DISCONNECTED : JvmState.LIVE;
  }

  /** Whether it is the JVM this node runs in. */
  boolean isOurs() {
    return pid() == ProcessHandle.current().pid();
  }

  /** Command line, empty as long as the JVM has not written it. */
  String command() {
    if (command.isEmpty()) {
      try {
        command = crumbs.command();
      } catch (IOException e) {
        return "";
      }
    }
    return command;
  }

  /**
   * When it started, milliseconds since 1970; that of its file as long as it has not written its
   * own.
   */
  long startedAtMillis() {
    try {
      long started = crumbs.startedAtMillis();
      return started > 0 ? started : crumbs.createdAtMillis();
    } catch (IOException e) {
      return crumbs.createdAtMillis();
    }
  }

  /** Whether it said that it was leaving in order. */
  boolean isLeaving() {
    try {
      return crumbs.leaving();
    } catch (IOException e) {
      return false;
    }
  }

  /** Its own rules; none if they cannot be read. */
  Policies policies() {
    try {
      return Policies.parse(crumbs.policies());
    } catch (IOException | IllegalArgumentException e) {
      return Policies.NONE;
    }
  }

  /**
   * Stops reading the file. That of the JVM we run in stays open: closing any channel of a file
   * releases all locks this process has on it, and the lock is what says that the JVM lives.
   */
  void release() {
    if (!isOurs()) {
      try {
        crumbs.close();
      } catch (IOException e) {
        // Nothing was written.
      }
    }
  }

  @Override
  public String toString() {
    return "JVM " + Integer.toUnsignedString(incarnation()) + " (process " + pid() + ")";
  }
}
