package org.quicksilver.handle;

import static org.quicksilver.handle.Breadcrumbs.*;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quicksilver.config.Home;
import org.quicksilver.transaction.TransactionId;

/**
 * The breadcrumb file of this JVM, as its only writer. Layout: {@link Breadcrumbs}.
 *
 * <p>Threads: slot operations may come from any thread and take no lock; a slot is opened by one
 * thread at a time (the kernel hands a descriptor number out once), and moved between transactions
 * by one thread at a time. Growing and interning texts take a lock.
 *
 * <p>Durability: what a call stored survives {@code kill -9} of this process when the call returns,
 * not a power failure. A full disk costs only breadcrumbs: {@link #slotOfDescriptor} and {@link
 * #takeSlot} then return {@code null}.
 */
public final class BreadcrumbWriter implements Closeable {

  private static final int JAVA_WITH_SEGMENTS = 22;

  /** Texts longer than this are cut when interned. */
  private static final int LONGEST_TEXT = 32 * 1024;

  /** Interned texts may take this much of the file; beyond it stacks are no longer kept in it. */
  private static final int MOST_TEXT_SEGMENTS = 512;

  /** Off the heap and only one: written from the heap, each segment would be garbage there. */
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(SEGMENT_SIZE);

  private final FileChannel channel;
  private final FileLock lock;
  private final ByteBuffer header;
  private final Map<String, Integer> texts = new HashMap<>();

  private volatile Slot[] @Nullable [] descriptorSlots = {};
  private Slot[][] otherSlots = {};
  private int otherSegments;
  private int segments;
  private int otherSlotsUsed;
  private int[] freeOthers = new int[16];
  private int freeOtherCount;
  private @Nullable ByteBuffer textSegment;
  private int textSegmentNumber;
  private int textSegments;
  private int textPosition;
  private volatile long refusedUntilNanos;

  /**
   * One slot of the file.
   *
   * @param segment the mapped segment
   * @param offset offset of the slot in it, bytes
   * @param number number of the slot in the file
   * @param index index among its sort: the descriptor's number, or that of another slot
   */
  public record Slot(ByteBuffer segment, int offset, int number, int index) {}

  private BreadcrumbWriter(FileChannel channel, FileLock lock, ByteBuffer header) {
    this.channel = channel;
    this.lock = lock;
    this.header = header;
  }

  /**
   * Creates the file and locks it until this process dies.
   *
   * @param file must not exist
   * @param node identity of the home's node
   * @param incarnation of this process
   * @param pid of this process
   * @throws IOException if it exists, cannot be locked, or the disk is full; no file is left then
   */
  public static BreadcrumbWriter create(Path file, long node, int incarnation, long pid)
      throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
            Home.ownerOnlyFile());
    try {
      FileLock lock = channel.lock();
      ByteBuffer header = extend(channel, 0, HEADER_SIZE);
      writeHeader(header, node, incarnation, pid);
      return new BreadcrumbWriter(channel, lock, header);
    } catch (IOException | RuntimeException e) {
      channel.close();
      java.nio.file.Files.deleteIfExists(file);
      throw e;
    }
  }

  private static void writeHeader(ByteBuffer header, long node, int incarnation, long pid) {
    header.putInt(H_VERSION, VERSION);
    header.putInt(H_SLOT_SIZE, SLOT_SIZE);
    header.putInt(H_SEGMENT_SIZE, SEGMENT_SIZE);
    header.putInt(H_INCARNATION, incarnation);
    header.putLong(H_NODE, node);
    header.putLong(H_PID, pid);
    header.putLong(H_CREATED, System.currentTimeMillis());
    header.putLong(H_MAGIC, MAGIC);
    header.putInt(H_CRC, headerCrc(header));
    INT.setRelease(header, H_PHASE, RUNNING);
  }

  /** Real blocks, not a hole: a store into a hole on a full disk kills the process. */
  private static ByteBuffer extend(FileChannel channel, long position, int size)
      throws IOException {
    for (int written = 0; written < size; ) {
      ByteBuffer zeros = ZEROS.duplicate().limit(Math.min(ZEROS.capacity(), size - written));
      written += channel.write(zeros, position + written);
    }
    return mapped(channel, position, size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The JDK makes a mapped buffer by reflection, for which the newer ones spin thirty classes: a
   * tenth of a start. For a segment they do not.
   */
  private static ByteBuffer mapped(FileChannel channel, long position, int size)
      throws IOException {
    return Runtime.version().feature() < JAVA_WITH_SEGMENTS
        ? channel.map(FileChannel.MapMode.READ_WRITE, position, size)
        : SegmentMapping.map(channel, position, size);
  }

  /** The slot of a descriptor number, or null if the file cannot grow to hold it. */
  public @Nullable Slot slotOfDescriptor(int descriptor) {
    int segment = descriptor >>> SLOT_SHIFT;
    Slot[] @Nullable [] slots = descriptorSlots;
    if (segment >= slots.length || slots[segment] == null) {
      slots = growDescriptors(segment);
    }
    Slot[] ofSegment = segment < slots.length ? slots[segment] : null;
    return ofSegment == null ? null : ofSegment[descriptor & SLOTS_PER_SEGMENT - 1];
  }

  private synchronized Slot[] @Nullable [] growDescriptors(int segment) {
    Slot[] @Nullable [] slots = descriptorSlots;
    if (segment < slots.length && slots[segment] != null) {
      return slots;
    }
    ByteBuffer added = addSegment(DESCRIPTOR_SLOTS, segment);
    if (added == null) {
      return slots;
    }
    slots = Arrays.copyOf(slots, Math.max(segment + 1, slots.length));
    slots[segment] = slotsOf(added, segment * SLOTS_PER_SEGMENT);
    descriptorSlots = slots;
    return slots;
  }

  /** Made once: the hot path allocates none. */
  private Slot[] slotsOf(ByteBuffer segment, int firstIndex) {
    Slot[] slots = new Slot[SLOTS_PER_SEGMENT];
    int firstNumber = (segments - 1) * SLOTS_PER_SEGMENT;
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Slot(segment, i * SLOT_SIZE, firstNumber + i, firstIndex + i);
    }
    return slots;
  }

  /**
   * A slot for a handle without a descriptor number, or null if the file cannot grow. Give it back
   * with {@link #giveBack}.
   */
  public synchronized @Nullable Slot takeSlot() {
    if (freeOtherCount > 0) {
      return otherSlot(freeOthers[--freeOtherCount]);
    }
    if (otherSlotsUsed == otherSegments * SLOTS_PER_SEGMENT && !growOthers()) {
      return null;
    }
    return otherSlot(otherSlotsUsed++);
  }

  /** Takes a slot back that {@link #takeSlot} gave; it must have been closed. */
  public synchronized void giveBack(Slot slot) {
    if (freeOtherCount == freeOthers.length) {
      freeOthers = Arrays.copyOf(freeOthers, freeOthers.length * 2);
    }
    freeOthers[freeOtherCount++] = slot.index();
  }

  private boolean growOthers() {
    int count = otherSegments;
    ByteBuffer added = addSegment(OTHER_SLOTS, count);
    if (added == null) {
      return false;
    }
    if (count == otherSlots.length) {
      otherSlots = Arrays.copyOf(otherSlots, Math.max(16, 2 * count));
    }
    otherSlots[count] = slotsOf(added, count * SLOTS_PER_SEGMENT);
    otherSegments = count + 1;
    return true;
  }

  private Slot otherSlot(int index) {
    return otherSlots[index >>> SLOT_SHIFT][index & SLOTS_PER_SEGMENT - 1];
  }

  /**
   * After a failure the disk is left alone for a second: a full one would otherwise cost every call
   * a system call.
   */
  private @Nullable ByteBuffer addSegment(int type, int base) {
    if (segments == MOST_SEGMENTS
        || (refusedUntilNanos != 0 && System.nanoTime() - refusedUntilNanos < 0)) {
      return null;
    }
    boolean interrupted =
        Thread.interrupted(); // which would close the channel, and with it give up the lock
    try {
      ByteBuffer added =
          extend(channel, HEADER_SIZE + (long) segments * SEGMENT_SIZE, SEGMENT_SIZE);
      header.putInt(H_DIRECTORY + segments * 8, type);
      header.putInt(H_DIRECTORY + segments * 8 + 4, base);
      segments++;
      INT.setRelease(header, H_SEGMENTS, segments);
      refusedUntilNanos = 0;
      return added;
    } catch (IOException e) {
      refusedUntilNanos = System.nanoTime() + 1_000_000_000L;
      return null;
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Whether the last attempt to grow the file failed, as on a full disk. */
  public boolean isFull() {
    return refusedUntilNanos != 0;
  }

  /**
   * Publishes an open handle.
   *
   * @param image of the calling thread, which opened it
   * @return the generation, to be named in every later call about this handle
   */
  public int open(
      Slot slot,
      HandleKind kind,
      boolean accepted,
      TransactionId transaction,
      long openedAtMillis,
      SlotImage image,
      byte[] what,
      long extra) {
    ByteBuffer b = slot.segment;
    int at = slot.offset;
    long old = (long) LONG.getOpaque(b, at);
    int generation = generation(old) + 1;
    if (state(old) != FREE) {
      LONG.setRelease(b, at, (long) generation << 32);
      VarHandle.storeStoreFence();
    }
    long word = (long) generation << 32 | (accepted ? ACCEPTED : 0) | kind.code() << 8 | OPEN;
    int cut = image.store(b, at, word, transaction, openedAtMillis, what, extra);
    LONG.setRelease(b, at, sealed(word | cut));
    return generation;
  }

  private static void putTransaction(ByteBuffer b, int at, TransactionId id) {
    b.putLong(at, id.node());
    b.putLong(at + 8, id.sequence());
    b.putInt(at + 16, id.incarnation());
    b.putInt(at + 20, check(id.node(), id.incarnation(), id.sequence()));
  }

  private static int putText(ByteBuffer b, int at, long word, byte[] what) {
    byte[] text = fitting(what);
    b.put(at + S_TEXT, text, 0, text.length);
    b.putShort(at + S_TEXT_LENGTH, (short) text.length);
    int check =
        textCheck(word, b.getLong(at + S_OPENED), b.getLong(at + S_EXTRA), text, text.length);
    b.putInt(at + S_TEXT_CHECK, check);
    return text == what ? 0 : CUT;
  }

  /** Frees the slot if it still holds that handle. */
  public void close(Slot slot, int generation) {
    long word = (long) LONG.getOpaque(slot.segment, slot.offset);
    while (generation(word) == generation && state(word) != FREE) {
      long witness =
          (long) LONG.compareAndExchange(slot.segment, slot.offset, word, (long) generation << 32);
      if (witness == word) {
        return;
      }
      word = witness;
    }
  }

  /** Moves the handle to another transaction: both are whole at every instruction. */
  public void move(Slot slot, int generation, TransactionId transaction) {
    long word = (long) LONG.getOpaque(slot.segment, slot.offset);
    while (generation(word) == generation && state(word) != FREE) {
      long moved = sealed(word ^ SECOND_TRANSACTION);
      putTransaction(slot.segment, slot.offset + transactionOffset(moved), transaction);
      long witness = (long) LONG.compareAndExchange(slot.segment, slot.offset, word, moved);
      if (witness == word) {
        return;
      }
      word = witness;
    }
  }

  /**
   * Replaces the text: the endpoints of a socket that has just been connected. Done by the thread
   * that owns the handle; a reader that meets the text half written sees a wrong checksum and reads
   * again.
   */
  public void describe(Slot slot, int generation, byte[] what) {
    long word = (long) LONG.getOpaque(slot.segment, slot.offset);
    if (generation(word) == generation && state(word) != FREE) {
      int cut = putText(slot.segment, slot.offset, word, what);
      while (generation(word) == generation && state(word) != FREE && (word & CUT) != cut) {
        long witness =
            (long) LONG.compareAndExchange(slot.segment, slot.offset, word, sealed(word ^ CUT));
        word = witness == word ? sealed(word ^ CUT) : witness;
      }
    }
  }

  /**
   * Names the trace for which the handle was just opened, by the two halves of its ID. Done by the
   * thread that opened it.
   */
  public void trace(Slot slot, int generation, long high, long low) {
    slot.segment.putLong(slot.offset + S_TRACE, high);
    slot.segment.putLong(slot.offset + S_TRACE + 8, low);
    INT.setRelease(slot.segment, slot.offset + S_TRACE_CHECK, check(high, generation, low));
  }

  /** Names the opening stack of the handle, see {@link #intern}. */
  public void stack(Slot slot, int generation, int text) {
    long word = (long) LONG.getOpaque(slot.segment, slot.offset);
    if (generation(word) == generation && state(word) != FREE) {
      INT.setRelease(slot.segment, slot.offset + S_STACK, text);
    }
  }

  /** Stores a text once and returns its number; 0 if there is no room left. Not for hot paths. */
  public synchronized int intern(String text) {
    Integer known = texts.get(text);
    if (known != null) {
      return known;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = Math.min(bytes.length, LONGEST_TEXT);
    int size = length + 8 + 7 & ~7;
    ByteBuffer segment = textSegmentWithRoomFor(size);
    if (segment == null) {
      return 0;
    }
    segment.putInt(textPosition + 4, crc(bytes, 0, length));
    segment.put(textPosition + 8, bytes, 0, length);
    INT.setRelease(segment, textPosition, length);
    long offset = HEADER_SIZE + (long) textSegmentNumber * SEGMENT_SIZE + textPosition;
    textPosition += size;
    int number = (int) (offset >>> 3);
    texts.put(text, number);
    return number;
  }

  private @Nullable ByteBuffer textSegmentWithRoomFor(int size) {
    if (textSegment == null || textPosition + size > SEGMENT_SIZE) {
      if (textSegments == MOST_TEXT_SEGMENTS) {
        return null;
      }
      ByteBuffer added = addSegment(TEXT, 0);
      if (added == null) {
        return null;
      }
      textSegment = added;
      textSegmentNumber = segments - 1;
      textSegments++;
      textPosition = 0;
    }
    return textSegment;
  }

  /**
   * Records what this process is and how it wants its handles treated, for the node that reads the
   * file after its death.
   *
   * @param startedAtMillis 0 if that is said later, by {@link #describeStart}
   */
  public void describeProcess(long startedAtMillis, String command, String policies) {
    describeStart(startedAtMillis);
    INT.setRelease(header, H_COMMAND, intern(command));
    INT.setRelease(header, H_POLICIES, intern(policies));
  }

  /** Records when this process was started, milliseconds since 1970. */
  public void describeStart(long startedAtMillis) {
    LONG.setRelease(header, H_STARTED, startedAtMillis);
  }

  /**
   * Records which hooks found nothing to intercept on this JDK, one a line: what they are for is
   * not recorded.
   */
  public void describeUnmatched(String hooks) {
    INT.setRelease(header, H_UNMATCHED, intern(hooks));
  }

  /**
   * Records whether a descriptor is one of our own or of the JVM itself, and not the application's.
   * Numbers too large for the header are not kept.
   */
  public synchronized void own(int descriptor, boolean own) {
    int at = H_OWN + (descriptor >>> 3);
    if (descriptor >= 0 && at < H_DIRECTORY) {
      int bit = 1 << (descriptor & 7);
      header.put(at, (byte) (own ? header.get(at) | bit : header.get(at) & ~bit));
    }
  }

  /** Changes {@link HandleRecord#extra}; a reader in between sees a wrong checksum, as above. */
  public void number(Slot slot, int generation, byte[] what, long extra) {
    long word = (long) LONG.getOpaque(slot.segment, slot.offset);
    if (generation(word) == generation && state(word) != FREE) {
      slot.segment.putLong(slot.offset + S_EXTRA, extra);
      putText(slot.segment, slot.offset, word, what);
    }
  }

  /**
   * Records that the process is leaving in order: its transactions are to be committed, not
   * aborted.
   */
  public void leaving() {
    INT.setRelease(header, H_PHASE, LEAVING);
  }

  /** Gives the lock back; the file stays. Only for an agent that stops while its JVM lives on. */
  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      lock.release();
      channel.close();
    }
  }
}
