package org.quicksilver.log;

import org.quicksilver.statistics.Summary;

/**
 * What a log has done since it was opened.
 *
 * @param records records of participants that were written
 * @param forces how often the disk was forced
 * @param groups records that were made durable by one force each: the size of the groups
 * @param forceMicros how long a force took, microseconds
 */
public record LogStatistics(long records, long forces, Summary groups, Summary forceMicros) {

  /** Of a log that is not open. */
  public static final LogStatistics NONE = new LogStatistics(0, 0, Summary.EMPTY, Summary.EMPTY);
}
