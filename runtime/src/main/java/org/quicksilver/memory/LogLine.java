package org.quicksilver.memory;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One thing that a log says.
 *
 * @param position where it lies in the log
 * @param transaction number of the transaction
 * @param what in one or two words: what became of the transaction, or is to
 * @param segment of the range it is about; empty if it is about the transaction as a whole
 * @param offset of the range in the segment
 * @param length of the range, or of the transaction's name, bytes
 */
public record LogLine(
    long position,
    long transaction,
    String what,
    Optional<Path> segment,
    long offset,
    long length) {}
