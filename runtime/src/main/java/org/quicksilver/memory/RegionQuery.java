package org.quicksilver.memory;

import java.util.List;

/**
 * What is to be known of a region.
 *
 * @param options in force
 * @param uncommitted numbers of the transactions that have ranges in it and have not ended, or are
 *     prepared, ascending
 */
public record RegionQuery(RegionOptions options, List<Long> uncommitted) {

  /** Keeps a copy of the list. */
  public RegionQuery {
    uncommitted = List.copyOf(uncommitted);
  }
}
