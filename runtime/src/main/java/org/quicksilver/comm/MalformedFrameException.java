package org.quicksilver.comm;

import java.io.IOException;

/**
 * Bytes that are no message of this protocol. The message says what is wrong; the connection cannot
 * be used any further.
 */
public final class MalformedFrameException extends IOException {
  private static final long serialVersionUID = 1;

  MalformedFrameException(String message) {
    super(message);
  }
}
