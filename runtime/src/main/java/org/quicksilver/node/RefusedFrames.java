package org.quicksilver.node;

import java.util.HashMap;
import java.util.Map;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.node.Counters.Count;

/**
 * Channels between processes that were closed because of what came over them, as the processes of
 * this node say: counted, and logged when a process says so of the first one, and whenever its
 * number has doubled. Node thread only.
 */
final class RefusedFrames {

  private final JvmTable jvms;
  private final Counters counters;
  private final NodeLog log;
  private final Map<Integer, Long> said = new HashMap<>();

  RefusedFrames(JvmTable jvms, Counters counters, NodeLog log) {
    this.jvms = jvms;
    this.counters = counters;
    this.log = log;
  }

  /** A process says how many it has closed so far. */
  void onRefused(int process, QueueMessage.Refused m) {
    long before = of(process);
    if (m.count() > before) {
      said.put(process, m.count());
      counters.add(Count.REFUSED_FRAMES, m.count() - before);
      if (Long.highestOneBit(m.count()) > Long.highestOneBit(before)) {
        log.warn(
            jvms.find(process)
                + " has closed "
                + m.count()
                + " channels because of what came over them; the last one: "
                + m.last());
      }
    }
  }

  /** How many a process has closed. */
  long of(int process) {
    return said.getOrDefault(process, 0L);
  }

  /** It is dead. */
  void forget(int process) {
    said.remove(process);
  }
}
