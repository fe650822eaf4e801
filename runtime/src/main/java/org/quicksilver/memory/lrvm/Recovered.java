package org.quicksilver.memory.lrvm;

import java.util.List;
import org.quicksilver.memory.storage.StorageFile;

/**
 * A log after recovery: everything committed is in the segments.
 *
 * @param file open and locked
 * @param header as written last
 * @param tail where the next record goes
 * @param segments the files
 * @param undecided prepared transactions, which are all that is in the log
 * @param transactions records that were applied
 */
record Recovered(
    StorageFile file,
    LogHeader header,
    long tail,
    SegmentFiles segments,
    List<Undecided> undecided,
    long transactions) {

  /**
   * A prepared transaction.
   *
   * @param content without the name
   * @param size of its record
   */
  record Undecided(long id, byte[] name, StoredContent content, long size) {}

  LogArea area() {
    return new LogArea(file, header.capacity());
  }
}
