package org.quicksilver.benchmark.memory;

import static java.nio.ByteBuffer.allocateDirect;

import java.io.File;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.lmdbjava.Dbi;
import org.lmdbjava.DbiFlags;
import org.lmdbjava.Env;
import org.lmdbjava.EnvFlags;
import org.lmdbjava.Txn;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Others that keep small records: four a transaction, keyed by slot. One thread. */
final class Peers {

  private Peers() {}

  static Contender lmdb(Path directory, boolean sync) {
    EnvFlags[] flags = sync ? new EnvFlags[0] : new EnvFlags[] {EnvFlags.MDB_NOSYNC};
    Env<ByteBuffer> env =
        Env.create().setMapSize(256L << 20).setMaxDbs(1).open(directory.toFile(), flags);
    Dbi<ByteBuffer> records = env.openDbi("records", DbiFlags.MDB_CREATE);
    ByteBuffer key = allocateDirect(Integer.BYTES);
    ByteBuffer value = allocateDirect(Contender.LENGTH);
    return new Contender() {
      @Override
      public void commit() {
        try (Txn<ByteBuffer> transaction = env.txnWrite()) {
          int any = Contender.any();
          for (int i = 0; i < RANGES; i++) {
            records.put(transaction, key.clear().putInt(0, Contender.slot(any, i)), value.clear());
          }
          transaction.commit();
        }
      }

      @Override
      public void close() {
        env.close();
      }
    };
  }

  static Contender rocksDb(Path directory, boolean sync) throws Exception {
    Options options = new Options().setCreateIfMissing(true);
    RocksDB store = RocksDB.open(options, directory.toString());
    WriteOptions mode = new WriteOptions().setSync(sync);
    byte[] value = new byte[Contender.LENGTH];
    return new Contender() {
      @Override
      public void commit() throws Exception {
        try (WriteBatch batch = new WriteBatch()) {
          int any = Contender.any();
          for (int i = 0; i < RANGES; i++) {
            batch.put(ByteBuffer.allocate(4).putInt(Contender.slot(any, i)).array(), value);
          }
          store.write(mode, batch);
        }
      }

      @Override
      public void close() {
        mode.close();
        store.close();
        options.close();
      }
    };
  }

  static Contender mvStore(Path directory) {
    MVStore store =
        new MVStore.Builder()
            .fileName(directory.resolve("store").toString())
            .autoCommitDisabled()
            .open();
    MVMap<Integer, byte[]> records = store.openMap("records");
    byte[] value = new byte[Contender.LENGTH];
    return new Contender() {
      @Override
      public void commit() {
        int any = Contender.any();
        for (int i = 0; i < RANGES; i++) {
          records.put(Contender.slot(any, i), value);
        }
        store.commit();
        store.sync();
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }

  static Contender artemis(Path directory, boolean sync) throws Exception {
    File files = directory.toFile();
    NIOSequentialFileFactory factory = new NIOSequentialFileFactory(files, 1);
    factory.start();
    JournalImpl journal = new JournalImpl(10 << 20, 4, 4, 0, 0, factory, "journal", "dat", 1);
    journal.start();
    journal.loadInternalOnly();
    byte[] record = new byte[Contender.RANGES * Contender.LENGTH];
    return new Contender() {
      private long number;

      @Override
      public void commit() throws Exception {
        journal.appendAddRecord(++number, (byte) 1, record, sync);
        if (number > 1) {
          journal.appendDeleteRecord(number - 1, false);
        }
      }

      @Override
      public void close() throws Exception {
        journal.stop();
        factory.stop();
      }
    };
  }
}
