/**
 * The node's part of service queues: who offers which queue, who seeks it, who is dead, and the
 * completions that are recorded. Knows no thread and no connection; requests do not come this way.
 *
 * <p>Source: QuickSilver, "IPC fundamental to system services" (the service queue is global, its
 * clients know no host).
 */
@NullMarked
package org.quicksilver.node.queue;

import org.jspecify.annotations.NullMarked;
