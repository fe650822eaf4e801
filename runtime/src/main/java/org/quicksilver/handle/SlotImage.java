package org.quicksilver.handle;

import static org.quicksilver.handle.Breadcrumbs.CUT;
import static org.quicksilver.handle.Breadcrumbs.SLOT_SIZE;
import static org.quicksilver.handle.Breadcrumbs.S_CAUSE;
import static org.quicksilver.handle.Breadcrumbs.S_EXTRA;
import static org.quicksilver.handle.Breadcrumbs.S_OPENED;
import static org.quicksilver.handle.Breadcrumbs.S_TEXT;
import static org.quicksilver.handle.Breadcrumbs.S_TEXT_CHECK;
import static org.quicksilver.handle.Breadcrumbs.S_TEXT_LENGTH;
import static org.quicksilver.handle.Breadcrumbs.S_THREAD;
import static org.quicksilver.handle.Breadcrumbs.S_THREAD_ID;
import static org.quicksilver.handle.Breadcrumbs.S_THREAD_LENGTH;
import static org.quicksilver.handle.Breadcrumbs.S_TRANSACTION_A;
import static org.quicksilver.handle.Breadcrumbs.THREAD_LENGTH;
import static org.quicksilver.handle.Breadcrumbs.check;
import static org.quicksilver.handle.Breadcrumbs.textCheck;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.quicksilver.transaction.TransactionId;

/**
 * What a slot is about to hold, composed in the heap and then stored into the file in one copy,
 * which costs less than a dozen checked stores into the mapping. Belongs to one thread, whose name
 * it bears from the beginning, and is used again and again.
 */
public final class SlotImage {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private final byte[] bytes = new byte[SLOT_SIZE];
  private final CRC32C crc = new CRC32C();

  /**
   * For handles that this thread opens.
   *
   * @param thread name of the thread in UTF-8; cut if it is long
   */
  public SlotImage(long threadId, byte[] thread) {
    int length = Math.min(thread.length, THREAD_LENGTH);
    LONGS.set(bytes, S_THREAD_ID, threadId);
    bytes[S_THREAD_LENGTH] = (byte) length;
    System.arraycopy(thread, 0, bytes, S_THREAD, length);
  }

  /** Why the thread works for the transaction of what it opens from now on. */
  public void cause(Cause cause) {
    bytes[S_CAUSE] = (byte) cause.code();
  }

  /**
   * Stores everything but the word, which publishes it.
   *
   * @param word as it will be published, but for what this returns
   * @return flags to be added to the word
   */
  int store(
      ByteBuffer segment,
      int at,
      long word,
      TransactionId transaction,
      long openedAtMillis,
      byte[] what,
      long extra) {
    byte[] text = Breadcrumbs.fitting(what);
    LONGS.set(bytes, S_OPENED, openedAtMillis);
    LONGS.set(bytes, S_TRANSACTION_A, transaction.node());
    LONGS.set(bytes, S_TRANSACTION_A + 8, transaction.sequence());
    INTS.set(bytes, S_TRANSACTION_A + 16, transaction.incarnation());
    INTS.set(
        bytes,
        S_TRANSACTION_A + 20,
        check(transaction.node(), transaction.incarnation(), transaction.sequence()));
    INTS.set(bytes, S_TEXT_CHECK, textCheck(crc, word, openedAtMillis, extra, text, text.length));
    SHORTS.set(bytes, S_TEXT_LENGTH, (short) text.length);
    LONGS.set(bytes, S_EXTRA, extra);
    System.arraycopy(text, 0, bytes, S_TEXT, text.length);
    segment.put(at + S_OPENED, bytes, S_OPENED, S_TEXT - S_OPENED + text.length);
    return text == what ? 0 : CUT;
  }
}
