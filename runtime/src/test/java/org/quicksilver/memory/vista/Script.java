package org.quicksilver.memory.vista;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.quicksilver.memory.CommitMode;
import org.quicksilver.memory.MemoryTransaction;
import org.quicksilver.memory.PreparedTransaction;
import org.quicksilver.memory.Region;
import org.quicksilver.memory.RegionOptions;
import org.quicksilver.memory.RestoreMode;
import org.quicksilver.memory.SegmentRange;
import org.quicksilver.memory.vista.OpenedLog.Surroundings;
import org.quicksilver.memory.vista.Steps.Step;

/**
 * Random transactions, several at once, each in a territory of its own, and beside them plain
 * arrays that say after every single step what a process that starts then must find.
 */
final class Script extends Steps {

  static final Path LOG = Path.of("/disk/log");
  static final Path SEGMENT = Path.of("/disk/segment");
  static final BootId BOOT = new BootId(new UUID(1, 2));
  static final int TERRITORIES = 3;
  static final int TERRITORY = 2000;

  /** Whom the steps are told after the arrays are brought up to date. */
  interface Observer {
    void observe(Step step);
  }

  /** One territory: a transaction at most, and what must be there if the process dies now. */
  private static final class Territory {
    byte[] committed = new byte[TERRITORY];
    byte[] now = new byte[TERRITORY];
    @Nullable MemoryTransaction transaction;
    @Nullable PreparedTransaction prepared;
    boolean undecided;
  }

  private final MemoryDisk disk;
  private final Random random;
  private final Observer observer;
  private final Territory[] territories = new Territory[TERRITORIES];
  private int current;
  private boolean committing;
  private Vista memory;
  private Region region;

  Script(long seed, Observer observer) {
    this.disk = new MemoryDisk().withLog(LOG, VistaFormat.CHUNKS_AT + 8 * VistaFormat.CHUNK);
    this.random = new Random(seed);
    this.observer = observer;
    Arrays.setAll(territories, i -> new Territory());
    this.memory = open(disk, this);
    this.region = map(memory);
  }

  static Vista open(MemoryDisk disk, Steps steps) {
    Surroundings in = new Surroundings(disk, BOOT, steps);
    return Vista.initialize(VistaOptions.of(LOG), in);
  }

  static Region map(Vista memory) {
    SegmentRange range = new SegmentRange(SEGMENT, 24, TERRITORIES * TERRITORY);
    return memory.map(range, RegionOptions.creating());
  }

  MemoryDisk disk() {
    return disk;
  }

  /** What must be in a territory if the process dies now; of an undecided one its new bytes. */
  byte[] expected(int territory) {
    Territory one = territories[territory];
    return one.undecided ? one.now : one.committed;
  }

  /** What must be there if the process dies now and what is undecided is aborted. */
  byte[] committed(int territory) {
    return territories[territory].committed;
  }

  boolean isUndecided(int territory) {
    return territories[territory].undecided;
  }

  @Override
  void done(Step step) {
    Territory one = territories[current];
    switch (step) {
      case ENDED -> {
        if (committing) {
          one.committed = one.now.clone();
        }
        one.undecided = false;
      }
      case PREPARED -> one.undecided = true;
      case WITHDRAWN -> one.undecided = false;
      case STATE_WRITTEN, STATE_SWITCHED, SEGMENT_WRITTEN, SEGMENT_SWITCHED -> {}
      case BEGUN, COPIED, LINKED, RESTORED -> {
        // A prepared one counts from its link on, which is this step of it.
      }
    }
    observer.observe(step);
  }

  /** Does a random thing. */
  void act() {
    current = random.nextInt(TERRITORIES);
    Territory one = territories[current];
    if (one.prepared != null) {
      if (random.nextBoolean()) {
        decide(one);
      }
    } else if (one.transaction == null) {
      one.transaction = memory.beginTransaction(RestoreMode.RESTORE);
      change(one);
    } else {
      switch (random.nextInt(8)) {
        case 0, 1 -> commit(one);
        case 2 -> abort(one);
        case 3 -> prepare(one);
        default -> change(one);
      }
    }
    if (random.nextInt(15) == 0) {
      reopen();
    }
  }

  private void change(Territory one) {
    int length = 1 + random.nextInt(random.nextInt(6) == 0 ? TERRITORY : 80);
    int offset = random.nextInt(TERRITORY - length + 1);
    long at = (long) current * TERRITORY + offset;
    one.transaction.setRange(region, at, length);
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    int half = length / 2;
    store(one, at, offset, ByteBuffer.wrap(bytes, 0, half));
    store(one, at + half, offset + half, ByteBuffer.wrap(bytes, half, length - half));
  }

  /** The caller's own stores are steps too. */
  private void store(Territory one, long at, int offset, ByteBuffer bytes) {
    bytes.duplicate().get(one.now, offset, bytes.remaining());
    region.put(at, bytes);
    observer.observe(Step.LINKED);
  }

  private void commit(Territory one) {
    committing = true;
    one.transaction.endTransaction(CommitMode.values()[random.nextInt(3)]);
    committing = false;
    one.transaction = null;
  }

  private void abort(Territory one) {
    one.transaction.abortTransaction();
    one.transaction = null;
    one.now = one.committed.clone();
  }

  private void prepare(Territory one) {
    one.prepared = one.transaction.prepare(new byte[] {(byte) current});
    one.transaction = null;
  }

  private void decide(Territory one) {
    committing = random.nextBoolean();
    if (committing) {
      one.prepared.commit();
    } else {
      one.prepared.abort();
      one.now = one.committed.clone();
    }
    committing = false;
    one.prepared = null;
  }

  /** In order; what is not prepared is aborted. */
  private void reopen() {
    for (current = 0; current < TERRITORIES; current++) {
      if (territories[current].transaction != null) {
        abort(territories[current]);
      }
    }
    current = 0;
    memory.close();
    memory = open(disk, this);
    region = map(memory);
    for (Territory each : territories) {
      each.prepared = null;
    }
    for (PreparedTransaction each : memory.prepared()) {
      territories[each.name()[0]].prepared = each;
    }
  }

  /** The memory of a running process is what the arrays say. */
  byte[] inMemory(int territory) {
    byte[] bytes = new byte[TERRITORY];
    region.get((long) territory * TERRITORY, bytes);
    return bytes;
  }

  byte[] now(int territory) {
    return territories[territory].now;
  }
}
