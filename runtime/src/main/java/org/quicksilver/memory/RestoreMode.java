package org.quicksilver.memory;

/** Whether a transaction can be aborted. */
public enum RestoreMode {
  /** It can: old values are kept from {@code setRange} on. */
  RESTORE,

  /** The caller promises never to abort it; no old values are copied. */
  NO_RESTORE
}
