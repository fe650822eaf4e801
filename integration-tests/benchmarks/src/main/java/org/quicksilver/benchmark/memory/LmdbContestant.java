package org.quicksilver.benchmark.memory;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;

/** LMDB: four records of 64 bytes. */
final class LmdbContestant implements Contestant {

  private static final long SIZE = 1L << 28;

  private final Env<ByteBuffer> environment;
  private final Dbi<ByteBuffer> records;
  private final ByteBuffer key = ByteBuffer.allocateDirect(Integer.BYTES);
  private final ByteBuffer value = ByteBuffer.allocateDirect(LENGTH);

  LmdbContestant(Path directory, EnvFlags... flags) {
    environment = Env.create().setMapSize(SIZE).open(directory.toFile(), flags);
    records = environment.openDbi((String) null, DbiFlags.MDB_CREATE);
  }

  @Override
  public void transaction(long number) {
    try (Txn<ByteBuffer> transaction = environment.txnWrite()) {
      for (int i = 0; i < RANGES; i++) {
        key.putInt(0, Contestant.place(number, i));
        value.put(0, (byte) number);
        records.put(transaction, key, value);
      }
      transaction.commit();
    }
  }

  @Override
  public void close() {
    environment.close();
  }
}
