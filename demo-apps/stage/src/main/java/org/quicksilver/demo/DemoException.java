package org.quicksilver.demo;

/** The demo cannot go on; the message says to the user why, and what to do about it. */
final class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DemoException(String message) {
    super(message);
  }

  DemoException(String message, Throwable cause) {
    super(message + ": " + cause.getMessage(), cause);
  }
}
