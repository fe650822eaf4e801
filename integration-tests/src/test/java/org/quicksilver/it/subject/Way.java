package org.quicksilver.it.subject;

/**
 * A way to open something: what it is called, what is open then, and how to do it.
 *
 * @param name short; the name of the thread that does it
 * @param kinds what is open then: names of kinds, sorted, separated by commas
 * @param opening opens, and returns what closes it
 */
record Way(String name, String kinds, Opening opening) {

  /** Opens. */
  interface Opening {
    AutoCloseable open() throws Exception;
  }

  static Way of(String name, String kinds, Opening opening) {
    return new Way(name, kinds, opening);
  }

  /** Closes one after another. */
  static AutoCloseable all(AutoCloseable... parts) {
    return () -> {
      for (AutoCloseable part : parts) {
        part.close();
      }
    };
  }
}
