package org.quicksilver.handle;

import static org.quicksilver.handle.Breadcrumbs.*;

import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.TransactionId;

/**
 * The breadcrumb file of this JVM, as its only writer. Layout: {@link Breadcrumbs}.
 *
 * <p>Threads: slot operations may come from any thread and take no lock; a slot is opened by one
 * thread at a time (the kernel hands a descriptor number out once), and moved between transactions
 * by one thread at a time. Growing and interning texts take a lock each.
 *
 * <p>Durability: what a call stored survives {@code kill -9} of this process when the call returns,
 * not a power failure. A full disk costs only breadcrumbs: {@link #slotOfDescriptor} and {@link
 * #takeSlot} then return {@code null}.
 */
public final class BreadcrumbWriter implements Closeable {

  private final SegmentFile file;
  private final ByteBuffer header;
  private final SlotTable slots;
  private final InternedTexts texts;

  private BreadcrumbWriter(SegmentFile file) {
    this.file = file;
    this.header = file.header();
    this.slots = new SlotTable(file);
    this.texts = new InternedTexts(file);
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
    SegmentFile segments = SegmentFile.create(file);
    writeHeader(segments.header(), node, incarnation, pid);
    return new BreadcrumbWriter(segments);
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

  /** The slot of a descriptor number, or null if the file cannot grow to hold it. */
  public @Nullable Slot slotOfDescriptor(int descriptor) {
    return slots.ofDescriptor(descriptor);
  }

  /**
   * A slot for a handle without a descriptor number, or null if the file cannot grow. Give it back
   * with {@link #giveBack}.
   */
  public @Nullable Slot takeSlot() {
    return slots.take();
  }

  /** Takes a slot back that {@link #takeSlot} gave; it must have been closed. */
  public void giveBack(Slot slot) {
    slots.giveBack(slot);
  }

  /** Whether the last attempt to grow the file failed, as on a full disk. */
  public boolean isFull() {
    return file.isFull();
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
    ByteBuffer b = slot.segment();
    int at = slot.offset();
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
    int cut = text == what ? 0 : CUT;
    long described = word & ~CUT | cut;
    int check =
        textCheck(described, b.getLong(at + S_OPENED), b.getLong(at + S_EXTRA), text, text.length);
    b.putInt(at + S_TEXT_CHECK, check);
    return cut;
  }

  /** Frees the slot if it still holds that handle. */
  public void close(Slot slot, int generation) {
    long word = (long) LONG.getOpaque(slot.segment(), slot.offset());
    while (generation(word) == generation && state(word) != FREE) {
      long witness =
          (long)
              LONG.compareAndExchange(slot.segment(), slot.offset(), word, (long) generation << 32);
      if (witness == word) {
        return;
      }
      word = witness;
    }
  }

  /** Moves the handle to another transaction: both are whole at every instruction. */
  public void move(Slot slot, int generation, TransactionId transaction) {
    long word = (long) LONG.getOpaque(slot.segment(), slot.offset());
    while (generation(word) == generation && state(word) != FREE) {
      long moved = sealed(word ^ SECOND_TRANSACTION);
      putTransaction(slot.segment(), slot.offset() + transactionOffset(moved), transaction);
      long witness = (long) LONG.compareAndExchange(slot.segment(), slot.offset(), word, moved);
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
    long word = (long) LONG.getOpaque(slot.segment(), slot.offset());
    if (generation(word) == generation && state(word) != FREE) {
      int cut = putText(slot.segment(), slot.offset(), word, what);
      while (generation(word) == generation && state(word) != FREE && (word & CUT) != cut) {
        long witness =
            (long) LONG.compareAndExchange(slot.segment(), slot.offset(), word, sealed(word ^ CUT));
        word = witness == word ? sealed(word ^ CUT) : witness;
      }
    }
  }

  /**
   * Names the trace for which the handle was just opened, by the two halves of its ID. Done by the
   * thread that opened it.
   */
  public void trace(Slot slot, int generation, long high, long low) {
    slot.segment().putLong(slot.offset() + S_TRACE, high);
    slot.segment().putLong(slot.offset() + S_TRACE + 8, low);
    INT.setRelease(slot.segment(), slot.offset() + S_TRACE_CHECK, check(high, generation, low));
  }

  /** Names the opening stack of the handle, see {@link #intern}. */
  public void stack(Slot slot, int generation, int text) {
    long word = (long) LONG.getOpaque(slot.segment(), slot.offset());
    if (generation(word) == generation && state(word) != FREE) {
      INT.setRelease(slot.segment(), slot.offset() + S_STACK, text);
    }
  }

  /** Stores a text once and returns its number; 0 if there is no room left. Not for hot paths. */
  public int intern(String text) {
    return texts.intern(text);
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
    long word = (long) LONG.getOpaque(slot.segment(), slot.offset());
    if (generation(word) == generation && state(word) != FREE) {
      slot.segment().putLong(slot.offset() + S_EXTRA, extra);
      putText(slot.segment(), slot.offset(), word, what);
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
    file.close();
  }
}
