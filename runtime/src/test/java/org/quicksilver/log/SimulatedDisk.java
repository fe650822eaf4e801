package org.quicksilver.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * A disk in memory that loses what was not forced: after a power failure each sector is as it was
 * forced, or as any write since has left it. It can be full, fail to force, and fail after so many
 * operations. One thread.
 */
public final class SimulatedDisk implements LogStorage {

  private static final int SECTOR = 512;

  /** The power is gone; whatever the disk was doing is done or not. */
  public static final class PowerLossException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private final TreeMap<Long, Platter> files = new TreeMap<>();
  private long capacity = Long.MAX_VALUE;
  private int forcesUntilFailure = Integer.MAX_VALUE;
  private int operationsUntilPowerLoss = Integer.MAX_VALUE;
  private int forces;
  private int writes;

  /** Creating fails when all segments together would be larger. */
  public void capacity(long bytes) {
    capacity = bytes;
  }

  /** So many forces succeed; the next one fails, those after it would succeed. */
  public void failForceAfter(int successes) {
    forcesUntilFailure = successes;
  }

  /** So many operations are done; from then on there is no power. */
  public void losePowerAfter(int operations) {
    operationsUntilPowerLoss = operations;
  }

  /** How many forces there were. */
  public int forces() {
    return forces;
  }

  /** How many writes there were. */
  public int writes() {
    return writes;
  }

  /** The bytes of a segment as they are now; changes go through. */
  public byte[] bytes(long number) {
    return files.get(number).now;
  }

  /**
   * The disk after a power failure.
   *
   * @param choice of n versions of a sector, gives the one that is there
   */
  public SimulatedDisk afterPowerFailure(IntUnaryOperator choice) {
    SimulatedDisk after = new SimulatedDisk();
    files.forEach(
        (number, platter) ->
            after.files.put(number, after.new Platter(number, platter.torn(choice))));
    return after;
  }

  /** Whether the operation that begins is still done, by chance of its number. */
  private boolean begin() throws IOException {
    if (operationsUntilPowerLoss <= 0) {
      throw new PowerLossException();
    }
    operationsUntilPowerLoss--;
    return operationsUntilPowerLoss > 0;
  }

  private static void end(boolean powered) throws IOException {
    if (!powered) {
      throw new PowerLossException();
    }
  }

  @Override
  public List<Long> list() {
    return new ArrayList<>(files.keySet());
  }

  @Override
  public SegmentFile create(long number, ByteBuffer header, int size) throws IOException {
    boolean powered = begin();
    if (files.values().stream().mapToLong(each -> each.now.length).sum() + size > capacity) {
      throw new IOException("No space left on device");
    }
    byte[] bytes = new byte[size];
    header.get(bytes, 0, header.remaining());
    Platter platter = new Platter(number, bytes);
    files.put(number, platter);
    end(powered);
    return platter;
  }

  @Override
  public SegmentFile open(long number) {
    return files.get(number);
  }

  @Override
  public void delete(long number) throws IOException {
    boolean powered = begin();
    files.remove(number);
    end(powered);
  }

  @Override
  public void close() {}

  /** One segment. */
  private final class Platter implements SegmentFile {
    private final long number;
    private final TreeMap<Integer, List<byte[]>> versions = new TreeMap<>();
    private final byte[] now;
    private byte[] forced;

    Platter(long number, byte[] bytes) {
      this.number = number;
      this.now = bytes;
      this.forced = bytes.clone();
    }

    byte[] torn(IntUnaryOperator choice) {
      byte[] torn = forced.clone();
      versions.forEach(
          (sector, written) -> {
            int chosen = choice.applyAsInt(written.size() + 1);
            if (chosen > 0) {
              System.arraycopy(written.get(chosen - 1), 0, torn, sector * SECTOR, SECTOR);
            }
          });
      return torn;
    }

    @Override
    public String name() {
      return "segment " + number;
    }

    @Override
    public long size() {
      return now.length;
    }

    @Override
    public void write(ByteBuffer bytes, long offset) throws IOException {
      boolean powered = begin();
      writes++;
      int length = bytes.remaining();
      bytes.get(now, (int) offset, length);
      for (int s = (int) offset / SECTOR; s * SECTOR < offset + length; s++) {
        byte[] sector = java.util.Arrays.copyOfRange(now, s * SECTOR, (s + 1) * SECTOR);
        versions.computeIfAbsent(s, any -> new ArrayList<>()).add(sector);
      }
      end(powered);
    }

    @Override
    public void read(ByteBuffer bytes, long offset) {
      int length = Math.min(bytes.remaining(), now.length - (int) offset);
      bytes.put(now, (int) offset, length);
    }

    @Override
    public void force() throws IOException {
      boolean powered = begin();
      if (forcesUntilFailure-- == 0) {
        throw new IOException("Input/output error");
      }
      end(powered);
      forces++;
      forced = now.clone();
      versions.clear();
    }

    @Override
    public void close() {}
  }
}
