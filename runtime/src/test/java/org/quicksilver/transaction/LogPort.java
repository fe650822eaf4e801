package org.quicksilver.transaction;

import java.util.List;
import java.util.Optional;
import java.util.Random;

/** The log of one node as its shell sees it; one transaction's records only. */
interface LogPort {

  /** Written, and there after the death of the process; not sure to be there without power. */
  void append(LogRecord log);

  /** Written, and on its way to the disk; done when {@link #completeForce} says so. */
  void force(LogRecord log);

  /** The oldest order to force that was not reported yet, durable now with all before it. */
  Optional<LogRecord> completeForce();

  boolean isForcing();

  /** All that was written, in order. */
  List<LogRecord> records();

  /** Whether this record survives a power failure. */
  boolean isDurable(LogRecord log);

  /** Orders not reported are never reported; what was written is there. */
  void onProcessDied();

  /** As before; and of what was not forced, some of the latest is gone. */
  List<LogRecord> onPowerFailed(Random random);
}
