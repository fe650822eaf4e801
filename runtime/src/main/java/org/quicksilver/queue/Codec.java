package org.quicksilver.queue;

/**
 * Values to bytes and back: what requests and completions of a {@link TypedQueue} are made of.
 * Called by several threads.
 *
 * @param <T> what it encodes
 */
public interface Codec<T> {

  /** The bytes of a value; at most {@link ServiceQueue#LONGEST_BODY}. */
  byte[] encode(T value);

  /**
   * The value of these bytes.
   *
   * @throws IllegalArgumentException if they are none
   */
  T decode(byte[] bytes);
}
