package org.quicksilver.node.queue;

import java.util.Collection;
import org.quicksilver.comm.QueueMessage;
import org.quicksilver.transaction.NodeId;

/** How the node's part of queues speaks to processes and to other nodes. */
public interface QueueWires {

  /** Tells a process of this node; lost if it is not connected, and told again when it is. */
  void tell(int process, QueueMessage.ToProgram message);

  /** Tells another node, once and in order as long as there is a link. */
  void say(NodeId node, QueueMessage.Between message);

  /** The nodes there is a link to. */
  Collection<NodeId> neighbours();
}
