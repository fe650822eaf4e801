package org.quicksilver.local;

import org.quicksilver.transaction.LogRecord;

/** Where the outcomes of a {@link LocalManager} are kept. Thread-safe. */
interface LocalLog {

  /** Keeps nothing, and cannot commit what is to outlive the JVM. */
  LocalLog NONE =
      new LocalLog() {
        @Override
        public void force(LogRecord record) {
          throw new IllegalStateException(
              record.tid()
                  + ": a participant voted RECOVERABLE, and this manager has no log: make it with"
                  + " LocalManager.on(log, ..)");
        }

        @Override
        public void append(LogRecord record) {}
      };

  /** Returns when the record survives a power failure. */
  void force(LogRecord record);

  /** Writes a record lazily. */
  void append(LogRecord record);
}
