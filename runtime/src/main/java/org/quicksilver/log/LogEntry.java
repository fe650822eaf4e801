package org.quicksilver.log;

/**
 * A record as it is given back to its participant.
 *
 * @param lsn its number
 * @param participant who wrote it
 * @param payload what was appended; the receiver's own copy
 */
@SuppressWarnings("ArrayRecordComponent")
public record LogEntry(long lsn, LogParticipant participant, byte[] payload) {}
