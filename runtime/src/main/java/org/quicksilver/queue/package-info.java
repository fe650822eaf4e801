/**
 * Service queues: calls from process to process, by the name of a queue, wherever it is served. The
 * current transaction rides in the frame of the request. Requests go over a direct channel between
 * the two processes; the node has only introduced them. Knows nothing of the node's insides, and
 * nothing of Netty: an application's process pays a thread for each process it speaks with.
 *
 * <p>What holds of a request, when:
 *
 * <ul>
 *   <li>It is served at most once, always: over broken channels, a killed node, a lost link.
 *   <li>On a recoverable queue it is served exactly once as long as its client lives, or does not
 *       need to know: if its server dies, the node of that one says whether its completion was
 *       recorded, and if not it goes to another offer. That survives the death of servers and
 *       nodes, and, for effects that survive it themselves, of the power, as long as the log of the
 *       server's node does. While that node cannot be reached the client waits.
 *   <li>Under a transaction of its client it is served once, or that transaction aborts: it fails
 *       with its server.
 *   <li>With a streamed body, in either direction, it is served at most once, on a recoverable
 *       queue too: it fails with its channel or its server. What has been read of a stream is gone,
 *       and a completion that goes on in a stream is not whole when its transaction commits; to
 *       keep either until then would take the room that streaming saves. Who can produce a body
 *       again asks again, under a transaction, so that a half-served request leaves nothing.
 * </ul>
 *
 * <p>Source: QuickSilver, "IPC fundamental to system services", "Bundling distributed IPC and
 * transactions".
 */
@NullMarked
package org.quicksilver.queue;

import org.jspecify.annotations.NullMarked;
