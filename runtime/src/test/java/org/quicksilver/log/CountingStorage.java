package org.quicksilver.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** A real storage that counts forces, and can hold them up. */
final class CountingStorage implements LogStorage {

  private final LogStorage real;
  private final AtomicInteger forces = new AtomicInteger();
  private final Semaphore begun = new Semaphore(0);
  private volatile Semaphore gate = new Semaphore(Integer.MAX_VALUE / 2);

  CountingStorage(LogStorage real) {
    this.real = real;
  }

  int forces() {
    return forces.get();
  }

  /** Holds up every force until {@link #open}. */
  void gate(Semaphore closed) {
    begun.drainPermits();
    gate = closed;
  }

  /** Waits until a force is held up. */
  void awaitForce() throws InterruptedException {
    begun.acquire();
  }

  void open() {
    gate.release(Integer.MAX_VALUE / 2);
  }

  @Override
  public List<Long> list() throws IOException {
    return real.list();
  }

  @Override
  public SegmentFile create(long number, ByteBuffer header, int size) throws IOException {
    return new Counting(real.create(number, header, size));
  }

  @Override
  public SegmentFile open(long number) throws IOException {
    return new Counting(real.open(number));
  }

  @Override
  public void delete(long number) throws IOException {
    real.delete(number);
  }

  @Override
  public void close() throws IOException {
    real.close();
  }

  /** One file. */
  private final class Counting implements SegmentFile {
    private final SegmentFile file;

    Counting(SegmentFile file) {
      this.file = file;
    }

    @Override
    public String name() {
      return file.name();
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      file.write(bytes, offset);
    }

    @Override
    public void read(ByteBuffer bytes, long offset) throws IOException {
      file.read(bytes, offset);
    }

    @Override
    public void force() throws IOException {
      begun.release();
      gate.acquireUninterruptibly();
      file.force();
      forces.incrementAndGet();
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
