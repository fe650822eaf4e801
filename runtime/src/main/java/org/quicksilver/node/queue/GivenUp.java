package org.quicksilver.node.queue;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.quicksilver.comm.QueueMessage.RequestId;

/**
 * Servers that live and were taken for dead, because a link was lost, with the requests that their
 * clients have taken elsewhere since: such a server must not complete them any more. Node thread
 * only.
 */
final class GivenUp {

  private final Map<RequestId, Set<Integer>> servers = new HashMap<>();

  void add(RequestId request, int server) {
    servers.computeIfAbsent(request, key -> new LinkedHashSet<>()).add(server);
  }

  boolean contains(RequestId request, int server) {
    return servers.getOrDefault(request, Set.of()).contains(server);
  }

  void remove(Predicate<RequestId> which, BiConsumer<RequestId, Integer> removed) {
    servers
        .entrySet()
        .removeIf(
            each -> {
              boolean isOver = which.test(each.getKey());
              if (isOver) {
                each.getValue().forEach(server -> removed.accept(each.getKey(), server));
              }
              return isOver;
            });
  }
}
