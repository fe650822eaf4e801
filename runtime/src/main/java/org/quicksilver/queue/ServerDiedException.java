package org.quicksilver.queue;

/**
 * The server died with the request, which happened once or not at all: nobody can tell. If it was
 * made under a transaction, that one can only be aborted, and then it did not happen.
 */
public final class ServerDiedException extends CallException {

  private static final long serialVersionUID = 1L;

  ServerDiedException(String message) {
    super(message);
  }
}
