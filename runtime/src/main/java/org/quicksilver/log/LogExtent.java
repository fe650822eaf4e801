package org.quicksilver.log;

import java.util.Optional;

/**
 * How far a log reaches.
 *
 * @param forced the last record that survives a power failure
 * @param segments how many segment files there are, the spare one included
 * @param bytes their size
 * @param holder who still needs something in the oldest segment, so that it stays; empty if that is
 *     the one being written, or nobody does
 */
public record LogExtent(long forced, int segments, long bytes, Optional<LogParticipant> holder) {}
