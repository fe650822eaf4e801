package org.quicksilver.benchmark.memory;

import java.util.stream.Stream;

/**
 * What is measured.
 *
 * @param entrant who commits
 * @param threads how many at once; the time of a commit is then that of all divided by the commits
 *     of all
 */
record Subject(Entrant entrant, int threads) {

  static Subject of(Entrant entrant) {
    return new Subject(entrant, 1);
  }

  /** Those that nothing is promised against, and the floors. */
  static Stream<Subject> peers() {
    return Stream.of(
            Entrant.APPEND,
            Entrant.COPY,
            Entrant.COPY_WIDE,
            Entrant.LMDB,
            Entrant.ROCKSDB,
            Entrant.MVSTORE,
            Entrant.ARTEMIS)
        .map(Subject::of);
  }

  @Override
  public String toString() {
    return entrant.title() + (threads == 1 ? "" : ", " + threads + " threads");
  }
}
