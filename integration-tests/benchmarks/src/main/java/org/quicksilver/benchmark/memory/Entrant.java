package org.quicksilver.benchmark.memory;

import org.quicksilver.memory.CommitMode;

/** Who is measured. */
public enum Entrant {
  /** A record appended to a file whose blocks are there, and forced. */
  FORCE("floor: append and force", at -> Floors.append(at, true)),
  /** The same, not forced. */
  APPEND("floor: append", at -> Floors.append(at, false)),
  /** The ranges copied into a mapped file. */
  COPY("floor: copy into a mapped file", at -> Floors.copy(at, Sizes.MIB)),
  /** The same over a large file. */
  COPY_WIDE("floor: copy into a mapped file, 4 GiB", at -> Floors.copy(at, Sizes.WIDE)),
  /** Every commit forced. */
  FLUSH("LRVM FLUSH", MemoryContender.lrvm(CommitMode.FLUSH, Sizes.LOG, Sizes.MIB)),
  /** With a log so short that one truncation follows the other. */
  TRUNCATING(
      "LRVM FLUSH, always truncating",
      MemoryContender.lrvm(CommitMode.FLUSH, Sizes.MIB, Sizes.MIB)),
  /** The same over a large region. */
  FLUSH_WIDE(
      "LRVM FLUSH, region of 4 GiB", MemoryContender.lrvm(CommitMode.FLUSH, Sizes.LOG, Sizes.WIDE)),
  /** Every commit written. */
  OS_BUFFERED(
      "LRVM OS_BUFFERED", MemoryContender.lrvm(CommitMode.OS_BUFFERED, Sizes.LOG, Sizes.MIB)),
  /** Every commit queued. */
  NO_FLUSH("LRVM NO_FLUSH", MemoryContender.lrvm(CommitMode.NO_FLUSH, Sizes.LOG, Sizes.MIB)),
  /** The same over a large region. */
  NO_FLUSH_WIDE(
      "LRVM NO_FLUSH, region of 4 GiB",
      MemoryContender.lrvm(CommitMode.NO_FLUSH, Sizes.LOG, Sizes.WIDE)),
  /** The other engine. */
  VISTA("Vista", MemoryContender.vista(Sizes.MIB)),
  /** The same over a large region. */
  VISTA_WIDE("Vista, region of 4 GiB", MemoryContender.vista(Sizes.WIDE)),
  /** Four records. */
  LMDB("LMDB", at -> Peers.lmdb(at, true)),
  /** Four records, not forced. */
  LMDB_NO_SYNC("LMDB without sync", at -> Peers.lmdb(at, false)),
  /** Four records. */
  ROCKSDB("RocksDB", at -> Peers.rocksDb(at, true)),
  /** Four records, not forced. */
  ROCKSDB_NO_SYNC("RocksDB without sync", at -> Peers.rocksDb(at, false)),
  /** Four records. */
  MVSTORE("H2 MVStore", Peers::mvStore),
  /** One record of the same size. */
  ARTEMIS("Artemis journal", at -> Peers.artemis(at, true));

  private static final class Sizes {
    static final long MIB = 1 << 20;
    static final long LOG = 256 * MIB;
    static final long WIDE = 4096 * MIB;

    private Sizes() {}
  }

  private final String title;
  private final Contender.Maker maker;

  Entrant(String title, Contender.Maker maker) {
    this.title = title;
    this.maker = maker;
  }

  String title() {
    return title;
  }

  Contender.Maker maker() {
    return maker;
  }
}
