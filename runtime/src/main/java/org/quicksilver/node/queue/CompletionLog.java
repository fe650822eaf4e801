package org.quicksilver.node.queue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.quicksilver.comm.QueueMessage.RequestId;

/**
 * Completions in a log: what is written there of each, and what is found there. A long one is
 * written in parts, and is there when the last of them is. That it has committed is a record of its
 * own, so that its bytes are written once. Node thread only.
 */
public final class CompletionLog {

  /** Too small: a mark for every few completions; too large: the log grows longer. */
  private static final int FORGOTTEN_BETWEEN_MARKS = 1000;

  /** The log, which keeps the order. */
  public interface Log {

    /** Writes a record; its number, greater than that of every record before. */
    long append(byte[] record);

    /** Below that number nothing is needed any more. */
    void mark(long needed);
  }

  private record Draft(CompletionEntry first, ByteArrayOutputStream bytes) {}

  private final int longestPart;
  private final Map<RequestId, Long> oldest = new LinkedHashMap<>();
  private final Set<RequestId> whole = new HashSet<>();
  private final Map<RequestId, Draft> drafts = new HashMap<>();
  private final Map<RequestId, CompletionEntry> found = new LinkedHashMap<>();
  private long last;
  private int forgotten;

  /**
   * Knows of none.
   *
   * @param longestPart bytes of a completion in one record; a log refuses one that is too long
   */
  public CompletionLog(int longestPart) {
    this.longestPart = longestPart;
  }

  /** A record that is in the log; called for all of them in their order, before anything else. */
  public void onFound(long lsn, byte[] record) {
    last = lsn;
    CompletionImage.Item item = CompletionImage.read(record);
    if (item instanceof CompletionImage.Item.Part part) {
      onPart(lsn, part);
    } else if (item instanceof CompletionImage.Item.Recorded m) {
      CompletionEntry entry = found.get(m.request());
      if (entry != null && entry.transaction().equals(m.transaction())) {
        found.put(m.request(), entry.committed());
      }
    } else if (item instanceof CompletionImage.Item.Needed m) {
      found
          .values()
          .removeIf(
              entry -> entry.recorded() && entry.isBelow(m.node(), m.client(), m.fromSequence()));
      oldest.keySet().retainAll(found.keySet());
      whole.retainAll(found.keySet());
    }
  }

  private void onPart(long lsn, CompletionImage.Item.Part part) {
    RequestId request = part.entry().request();
    if (part.number() == 0) {
      drafts.put(request, new Draft(part.entry(), new ByteArrayOutputStream()));
      oldest.putIfAbsent(request, lsn);
    }
    @Nullable Draft draft = drafts.get(request);
    if (draft == null) {
      return;
    }
    draft.bytes().writeBytes(part.entry().completion());
    if (part.number() == part.parts() - 1) {
      drafts.remove(request);
      whole.add(request);
      found.put(request, draft.first().with(draft.bytes().toByteArray()));
    }
  }

  /** The completions that were found; forgotten by this. */
  public List<CompletionEntry> found() {
    List<CompletionEntry> all = new ArrayList<>(found.values());
    found.clear();
    drafts.clear();
    return all;
  }

  /**
   * Writes what the log lacks of an entry. If the log refuses in the middle, it may be called
   * again.
   *
   * @return number of the last record: when that survives, so does the entry
   */
  public long write(CompletionEntry entry, Log log) {
    RequestId request = entry.request();
    if (!whole.contains(request)) {
      int length = entry.completion().length;
      int parts = Math.max(1, (length + longestPart - 1) / longestPart);
      for (int i = 0; i < parts; i++) {
        int from = i * longestPart;
        int bytes = Math.min(longestPart, length - from);
        last = log.append(CompletionImage.part(entry, i, parts, from, bytes));
        oldest.putIfAbsent(request, last);
      }
      whole.add(request);
    }
    if (entry.recorded()) {
      last = log.append(CompletionImage.recorded(entry));
    }
    return last;
  }

  /** A client needs the completions of its requests below a sequence number no more. */
  public void needed(long node, int client, long fromSequence, Log log) {
    last = log.append(CompletionImage.needed(node, client, fromSequence));
  }

  /** An entry is not needed any more; of many the log is told. */
  public void forget(RequestId request, Log log) {
    whole.remove(request);
    oldest.remove(request);
    if (last != 0 && ++forgotten % FORGOTTEN_BETWEEN_MARKS == 0) {
      log.mark(oldest.isEmpty() ? last : oldest.values().iterator().next());
    }
  }
}
