package org.quicksilver.transaction;

import java.util.HexFormat;

/**
 * The identity of a node: 64 random bits, drawn once per home directory and kept there.
 *
 * @param value the bits; never 0
 */
public record NodeId(long value) {

  /** Refuses 0, which means "no node" on disk. */
  public NodeId {
    if (value == 0) {
      throw new IllegalArgumentException("a node ID is never 0");
    }
  }

  @Override
  public String toString() {
    return HexFormat.of().toHexDigits(value);
  }
}
