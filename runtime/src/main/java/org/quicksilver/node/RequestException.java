package org.quicksilver.node;

/**
 * A request that is not granted; the message and the code go to whoever asked. Nothing has been
 * changed.
 */
final class RequestException extends Exception {
  private static final long serialVersionUID = 1;

  private final String code;

  private RequestException(String code, String message) {
    super(message);
    this.code = code;
  }

  static RequestException notFound(String message) {
    return new RequestException("not-found", message);
  }

  static RequestException denied(String message) {
    return new RequestException("denied", message);
  }

  static RequestException badRequest(String message) {
    return new RequestException("bad-request", message);
  }

  static RequestException badRequest(IllegalArgumentException why) {
    return badRequest(String.valueOf(why.getMessage()));
  }

  static RequestException refused(String message) {
    return new RequestException("refused", message);
  }

  static RequestException ended(String message) {
    return new RequestException("ended", message);
  }

  String code() {
    return code;
  }
}
