package org.quicksilver.queue;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.quicksilver.QueuePort;
import org.quicksilver.Transaction;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.comm.QueueMessage.RequestId;

/**
 * Completions that are being recorded with the transaction of their request; nobody waits for them
 * but the client, so that many are forced together. Thread-safe.
 */
final class Recordings {

  private final QueuePort port;
  private final Map<RequestId, Recording> open = new ConcurrentHashMap<>();

  private record Recording(QueueMessage.Complete message, Consumer<String> then) {}

  Recordings(QueuePort port) {
    this.port = port;
  }

  /**
   * Commits a transaction of this process together with a completion.
   *
   * @param then told why it is not, or an empty text
   */
  void record(Serving serving, Transaction own, byte[] completion, Consumer<String> then) {
    ProcessName client = serving.client();
    RequestId id =
        new RequestId(
            client.node(), client.incarnation(), serving.offer().queue(), serving.sequence());
    QueueMessage.Complete message = new QueueMessage.Complete(own.id(), id, completion);
    open.put(id, new Recording(message, then));
    if (!serving.partsBelow().isEmpty()) {
      port.send(new QueueMessage.TookPart(own.id(), serving.partsBelow()));
    }
    port.send(message);
  }

  /** The node is there again, and may not have heard it. */
  void sayAgain() {
    open.values().forEach(each -> port.send(each.message()));
  }

  void recorded(QueueMessage.Recorded m) {
    @Nullable Recording recording = open.remove(m.request());
    if (recording != null) {
      recording.then().accept(m.refusal());
    }
  }
}
