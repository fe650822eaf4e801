package org.quicksilver.node.queue;

import java.util.Collection;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.transaction.NodeId;

/** How the node's part of queues speaks to processes and to other nodes. */
public interface QueueWires {

  /** Tells a process of this node; lost if it is not connected, and told again when it is. */
  void tell(int process, QueueMessage.ToProgram message);

  /** Tells another node, wherever it is; lost if there is no way to it. */
  void say(NodeId node, QueueMessage.Between message);

  /** The nodes there is a way to. */
  Collection<NodeId> nodes();

  /** Asks all nodes who offers a queue, and wants to be told of changes. */
  void ask(String queue);

  /** Does not want to be told any more. */
  void unask(String queue);
}
