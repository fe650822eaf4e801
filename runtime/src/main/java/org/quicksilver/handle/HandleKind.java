package org.quicksilver.handle;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a handle is, as policies and filters name it. The {@link #code} is written to disk and never
 * reused.
 */
public enum HandleKind {
  /** An open file: stream, random access file or channel. */
  FILE(1),
  /** An open directory stream. */
  DIRECTORY(2),
  /** A stream socket, connected or about to be. */
  SOCKET(3),
  /** A listening socket. */
  LISTENER(4),
  /** A window with a native peer. */
  WINDOW(5),
  /** A child process. */
  PROCESS(6),
  /** A temporary file on disk, open or not. */
  TEMP_FILE(7),
  /** An open ZIP or JAR file: one descriptor, shared by all who read it. */
  ARCHIVE(8),
  /** A lock on a file or a part of it. */
  LOCK(9),
  /** Memory mapped from a file. */
  MAPPING(10),
  /** A service that watches directories. */
  WATCH_SERVICE(11),
  /** A datagram socket, bound or not. */
  DATAGRAM(12),
  /** One end of a pipe, to oneself or to a child process. */
  PIPE(13),
  /** A selector of channels. */
  SELECTOR(14),
  /** A group of asynchronous channels with its threads. */
  CHANNEL_GROUP(15),
  /** An icon in the tray of the desktop. */
  TRAY_ICON(16);

  /** All of them. */
  public static final Set<HandleKind> ALL = Set.of(values());

  private static final HandleKind[] BY_CODE = values();

  private final int code;

  HandleKind(int code) {
    this.code = code;
  }

  /** Number on disk and on the wire, from 1. */
  public int code() {
    return code;
  }

  /** Whether a number is one of {@link #code}. */
  public static boolean isCode(int code) {
    return code >= 1 && code <= BY_CODE.length;
  }

  /**
   * The kind of a code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static HandleKind ofCode(int code) {
    if (!isCode(code)) {
      throw new IllegalArgumentException("no handle kind has the code " + code);
    }
    return BY_CODE[code - 1];
  }

  /**
   * The kind of a name as users write it, in any case, with a hyphen or an underscore.
   *
   * @throws IllegalArgumentException if there is none; the message lists the kinds
   */
  public static HandleKind parse(String name) {
    for (HandleKind kind : BY_CODE) {
      if (kind.name().equals(name.strip().toUpperCase(Locale.ROOT).replace('-', '_'))) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "unknown kind of handle '"
            + name
            + "'; one of "
            + Arrays.stream(BY_CODE).map(HandleKind::word).collect(Collectors.joining(", ")));
  }

  /** The name as users write it: lower case, with hyphens. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
