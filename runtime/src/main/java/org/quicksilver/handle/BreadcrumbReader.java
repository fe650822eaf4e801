package org.quicksilver.handle;

import static org.quicksilver.handle.Breadcrumbs.*;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.TransactionId;

/**
 * Reads the breadcrumb file of another process, alive or dead, without its help. Layout: {@link
 * Breadcrumbs}.
 *
 * <p>Nothing in the file is trusted: numbers out of range, wrong checksums and half-written records
 * are skipped and counted in {@link #damaged}. The file is read, not mapped, so that one that
 * shrinks under us is an error and not a fault. One thread at a time.
 */
public final class BreadcrumbReader implements Closeable {

  /**
   * A slot that still does not check is damaged; one in the hands of a living process checks much
   * sooner.
   */
  private static final int TRIES = 100;

  /**
   * Stacks repeat from handle to handle; a JVM's thousands of different ones are not to be held for
   * its life.
   */
  private static final class RecentTexts extends LinkedHashMap<Integer, String> {
    private static final long serialVersionUID = 1;
    private static final int MOST = 256;

    RecentTexts() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<Integer, String> eldest) {
      return size() > MOST;
    }
  }

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer header = buffer(H_DIRECTORY);

  /** Kinds that always have the slot of a descriptor's number. */
  private static final Set<HandleKind> NUMBERED =
      Set.of(HandleKind.SOCKET, HandleKind.LISTENER, HandleKind.DATAGRAM);

  private final ByteBuffer directory = buffer(MOST_SEGMENTS * 8);
  private final ByteBuffer segment = buffer(SEGMENT_SIZE);
  private final ByteBuffer later = buffer(SEGMENT_SIZE);
  private final Map<Integer, String> texts = new RecentTexts();
  private long damaged;

  private BreadcrumbReader(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Opens a file and checks that it is one of ours.
   *
   * @throws BreadcrumbsRefusedException if it is foreign, of another version or damaged; the
   *     message says which
   * @throws IOException if it cannot be read
   */
  public static BreadcrumbReader open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    BreadcrumbReader reader = new BreadcrumbReader(file, channel);
    try {
      reader.checkHeader();
      return reader;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void checkHeader() throws IOException {
    readFully(header, 0);
    if (header.limit() < H_DIRECTORY) {
      throw refused("too short for a breadcrumb file, truncated or still being written");
    }
    if (header.getLong(H_MAGIC) != MAGIC) {
      throw refused("not a breadcrumb file");
    }
    if (header.getInt(H_VERSION) != VERSION) {
      throw refused(
          "breadcrumbs of version "
              + header.getInt(H_VERSION)
              + ", this program reads version "
              + VERSION
              + "; use the quicksilver.jar of the program that wrote them");
    }
    if (header.getInt(H_CRC) != headerCrc(header)
        || header.getInt(H_SLOT_SIZE) != SLOT_SIZE
        || header.getInt(H_SEGMENT_SIZE) != SEGMENT_SIZE) {
      throw refused("damaged header");
    }
  }

  private BreadcrumbsRefusedException refused(String why) {
    return new BreadcrumbsRefusedException(file + ": " + why);
  }

  /** Reads as much as there is; the limit says how much that was. */
  private void readFully(ByteBuffer buffer, long position) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        break;
      }
    }
    buffer.flip();
  }

  /** Incarnation of the process, unsigned. */
  public int incarnation() {
    return header.getInt(H_INCARNATION);
  }

  /** Node of the home it was written in. */
  public long node() {
    return header.getLong(H_NODE);
  }

  /** Process ID. */
  public long pid() {
    return header.getLong(H_PID);
  }

  /** When the file was made, milliseconds since 1970. */
  public long createdAtMillis() {
    return header.getLong(H_CREATED);
  }

  /** The transaction of the process itself: the first one it issued. */
  public TransactionId processTransaction() {
    return new TransactionId(node(), incarnation(), 1);
  }

  private void refresh() throws IOException {
    ByteBuffer fresh = buffer(H_DIRECTORY);
    readFully(fresh, 0);
    if (fresh.limit() < H_DIRECTORY) {
      throw refused("truncated");
    }
    header.put(0, fresh, 0, H_DIRECTORY);
  }

  /** When the process was started, milliseconds since 1970; 0 if it had not yet said so. */
  public long startedAtMillis() throws IOException {
    refresh();
    return header.getLong(H_STARTED);
  }

  /** Whether the process said that it was leaving in order. */
  public boolean leaving() throws IOException {
    refresh();
    return header.getInt(H_PHASE) == LEAVING;
  }

  /** Command line of the process, shortened; empty if it had not yet said so. */
  public String command() throws IOException {
    refresh();
    return text(header.getInt(H_COMMAND));
  }

  /** Policies of the process in their textual form; empty if there are none. */
  public String policies() throws IOException {
    refresh();
    return text(header.getInt(H_POLICIES));
  }

  /** Hooks that found nothing to intercept on the JDK of the process, one a line; mostly empty. */
  public String unmatched() throws IOException {
    refresh();
    return text(header.getInt(H_UNMATCHED));
  }

  /** The descriptors that have a record, or are the agent's own or the JVM's. */
  public BitSet knownDescriptors() throws IOException {
    BitSet known = new BitSet();
    forEach(
        record -> {
          int segment = record.slot() >>> SLOT_SHIFT;
          if (directory.getInt(segment * 8) == DESCRIPTOR_SLOTS) {
            int inSegment = record.slot() & SLOTS_PER_SEGMENT - 1;
            known.set((directory.getInt(segment * 8 + 4) << SLOT_SHIFT) + inSegment);
          } else {
            for (int number : Descriptors.of(record.kind(), record.extra())) {
              known.set(number);
            }
          }
        });
    for (int i = H_OWN; i < H_DIRECTORY; i++) {
      for (int bit = 0; bit < 8; bit++) {
        if ((header.get(i) & 1 << bit) != 0) {
          known.set((i - H_OWN) * 8 + bit);
        }
      }
    }
    return known;
  }

  /** How many records, texts and segments were skipped so far because they did not check. */
  public long damaged() {
    return damaged;
  }

  /** Calls back for every handle that is open now, in the order of the file. */
  public void forEach(Consumer<HandleRecord> consumer) throws IOException {
    forEach(HandleKind.ALL, consumer);
  }

  /** Like {@link #forEach(Consumer)}, for some kinds only: the others are not even decoded. */
  public void forEach(Set<HandleKind> kinds, Consumer<HandleRecord> consumer) throws IOException {
    visit(
        kinds,
        0,
        record -> {
          consumer.accept(record);
          return true;
        });
  }

  /**
   * Like {@link #forEach(Set, Consumer)}, from a slot on.
   *
   * @param visitor returns false if it wants no more
   */
  public void visit(Set<HandleKind> kinds, int fromSlot, Predicate<HandleRecord> visitor)
      throws IOException {
    int segments = readDirectory();
    boolean more = true;
    for (int i = fromSlot >>> SLOT_SHIFT; i < segments && more; i++) {
      int type = directory.getInt(i * 8);
      if (type == DESCRIPTOR_SLOTS || type == OTHER_SLOTS) {
        if (type == DESCRIPTOR_SLOTS || !NUMBERED.containsAll(kinds)) {
          int first = Math.max(0, fromSlot - i * SLOTS_PER_SEGMENT);
          more = visitSlots(i, first, kinds, visitor);
        }
      } else if (type != TEXT) {
        damaged++;
      }
    }
  }

  private static long segmentPosition(int number) {
    return HEADER_SIZE + (long) number * SEGMENT_SIZE;
  }

  private int readDirectory() throws IOException {
    refresh();
    int segments = header.getInt(H_SEGMENTS);
    long there = (channel.size() - HEADER_SIZE) / SEGMENT_SIZE;
    if (segments < 0 || segments > MOST_SEGMENTS || segments > there) {
      damaged++;
      segments = (int) Math.max(0, Math.min(there, MOST_SEGMENTS));
    }
    directory.limit(segments * 8);
    ByteBuffer part = directory.duplicate().order(ByteOrder.LITTLE_ENDIAN).clear();
    part.limit(segments * 8);
    while (part.hasRemaining() && channel.read(part, (long) H_DIRECTORY + part.position()) >= 0) {}
    return segments;
  }

  /** Returns whether more are wanted. */
  private boolean visitSlots(
      int number, int first, Set<HandleKind> kinds, Predicate<HandleRecord> visitor)
      throws IOException {
    readFully(segment, segmentPosition(number));
    later.clear().limit(0);
    for (int i = first; i < SLOTS_PER_SEGMENT && (i + 1) * SLOT_SIZE <= segment.limit(); i++) {
      long word = segment.getLong(i * SLOT_SIZE);
      if (state(word) != FREE && isOneOf(kinds, kind(word))) {
        if (later.limit() == 0) {
          readFully(later, segmentPosition(number));
        }
        HandleRecord record = record(number, i);
        if (record != null && !visitor.test(record)) {
          return false;
        }
      }
    }
    return true;
  }

  /** One of no kind is damaged, which whoever wants all is to find. */
  private static boolean isOneOf(Set<HandleKind> kinds, int code) {
    return HandleKind.isCode(code)
        ? kinds.contains(HandleKind.ofCode(code))
        : kinds.containsAll(HandleKind.ALL);
  }

  /**
   * A record counts if it checks and its word was the same before and after it was read. One that
   * does not may be half written by a living process: look again before calling it damaged.
   */
  private @Nullable HandleRecord record(int segmentNumber, int inSegment) throws IOException {
    int number = segmentNumber * SLOTS_PER_SEGMENT + inSegment;
    long position = segmentPosition(segmentNumber) + (long) inSegment * SLOT_SIZE;
    ByteBuffer slot =
        segment.slice(inSegment * SLOT_SIZE, SLOT_SIZE).order(ByteOrder.LITTLE_ENDIAN);
    long after = later.limit() == SEGMENT_SIZE ? later.getLong(inSegment * SLOT_SIZE) : FREE;
    for (int i = 0; i < TRIES && slot.limit() == SLOT_SIZE; i++) {
      if (state(after) == FREE) {
        return null;
      }
      HandleRecord record = slot.getLong(S_WORD) == after ? decode(slot, number) : null;
      if (record != null) {
        return record;
      }
      slot = buffer(SLOT_SIZE);
      readFully(slot, position);
      after = word(position);
    }
    damaged++;
    return null;
  }

  /** The word of a slot as it is now; that of a free slot if it is beyond the end of the file. */
  private long word(long position) throws IOException {
    ByteBuffer word = buffer(Long.BYTES);
    readFully(word, position);
    return word.limit() == Long.BYTES ? word.getLong(0) : FREE;
  }

  private @Nullable HandleRecord decode(ByteBuffer slot, int number) throws IOException {
    long word = slot.getLong(S_WORD);
    int length = slot.getShort(S_TEXT_LENGTH);
    int threadLength = slot.get(S_THREAD_LENGTH);
    if (state(word) != OPEN
        || word != sealed(word)
        || !HandleKind.isCode(kind(word))
        || length < 0
        || length > TEXT_LENGTH
        || threadLength < 0
        || threadLength > THREAD_LENGTH) {
      return null;
    }
    TransactionId transaction = transaction(slot, transactionOffset(word));
    byte[] text = new byte[length];
    slot.get(S_TEXT, text);
    if (transaction == null
        || textCheck(word, slot.getLong(S_OPENED), slot.getLong(S_EXTRA), text, length)
            != slot.getInt(S_TEXT_CHECK)) {
      return null;
    }
    byte[] thread = new byte[threadLength];
    slot.get(S_THREAD, thread);
    return new HandleRecord(
        number,
        generation(word),
        HandleKind.ofCode(kind(word)),
        (word & ACCEPTED) != 0,
        transaction,
        slot.getLong(S_OPENED),
        new String(thread, StandardCharsets.UTF_8),
        new String(text, StandardCharsets.UTF_8),
        (word & CUT) == 0,
        slot.getLong(S_EXTRA),
        text(slot.getInt(S_STACK)),
        Cause.ofCode(slot.get(S_CAUSE)),
        trace(slot, generation(word)));
  }

  /** One of a former use of the slot does not check, and neither does one half written. */
  private static String trace(ByteBuffer slot, int generation) {
    long high = slot.getLong(S_TRACE);
    long low = slot.getLong(S_TRACE + 8);
    return slot.getInt(S_TRACE_CHECK) == check(high, generation, low)
        ? HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low)
        : "";
  }

  private static @Nullable TransactionId transaction(ByteBuffer slot, int at) {
    long node = slot.getLong(at);
    long sequence = slot.getLong(at + 8);
    int incarnation = slot.getInt(at + 16);
    return slot.getInt(at + 20) == check(node, incarnation, sequence)
        ? new TransactionId(node, incarnation, sequence)
        : null;
  }

  /** The text of a number, empty for 0 and for one that does not check. */
  private String text(int number) throws IOException {
    if (number == 0) {
      return "";
    }
    String known = texts.get(number);
    if (known == null) {
      known = readText((number & 0xffffffffL) << 3);
      texts.put(number, known);
    }
    return known;
  }

  private String readText(long offset) throws IOException {
    ByteBuffer start = buffer(8);
    readFully(start, offset);
    int length = start.limit() < 8 ? -1 : start.getInt(0);
    if (offset < HEADER_SIZE || length < 0 || length > SEGMENT_SIZE) {
      damaged++;
      return "";
    }
    ByteBuffer bytes = buffer(length);
    readFully(bytes, offset + 8);
    if (bytes.limit() < length || crc(bytes.array(), 0, length) != start.getInt(4)) {
      damaged++;
      return "";
    }
    return new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
