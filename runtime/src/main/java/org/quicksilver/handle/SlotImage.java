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

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.quicksilver.transaction.TransactionId;

/**
 * What a slot is about to hold, composed in the heap and then stored into the file in one copy,
 * which costs less than a dozen checked stores into the mapping. Belongs to one thread, whose name
 * it bears from the beginning, and is used again and again.
 */
public final class SlotImage {

  private final byte[] bytes = new byte[SLOT_SIZE];
  private final ByteBuffer fields = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private final CRC32 crc = new CRC32();

  /**
   * For handles that this thread opens.
   *
   * @param thread name of the thread in UTF-8; cut if it is long
   */
  public SlotImage(long threadId, byte[] thread) {
    int length = Math.min(thread.length, THREAD_LENGTH);
    fields.putLong(S_THREAD_ID, threadId);
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
    int cut = text == what ? 0 : CUT;
    fields.putLong(S_OPENED, openedAtMillis);
    fields.putLong(S_TRANSACTION_A, transaction.node());
    fields.putLong(S_TRANSACTION_A + 8, transaction.sequence());
    fields.putInt(S_TRANSACTION_A + 16, transaction.incarnation());
    fields.putInt(
        S_TRANSACTION_A + 20,
        check(transaction.node(), transaction.incarnation(), transaction.sequence()));
    fields.putInt(
        S_TEXT_CHECK, textCheck(crc, word | cut, openedAtMillis, extra, text, text.length));
    fields.putShort(S_TEXT_LENGTH, (short) text.length);
    fields.putLong(S_EXTRA, extra);
    System.arraycopy(text, 0, bytes, S_TEXT, text.length);
    segment.put(at + S_OPENED, bytes, S_OPENED, S_TEXT - S_OPENED + text.length);
    return cut;
  }
}
