/**
 * Service queues: calls from process to process, by the name of a queue, wherever it is served. The
 * current transaction rides in the frame of the request. Requests go over a direct channel between
 * the two processes; the node has only introduced them. Knows nothing of the node's insides, and
 * nothing of Netty: an application's process pays a thread for each process it speaks with.
 *
 * <p>Source: QuickSilver, "IPC fundamental to system services", "Bundling distributed IPC and
 * transactions".
 */
@NullMarked
package org.quicksilver.queue;

import org.jspecify.annotations.NullMarked;
