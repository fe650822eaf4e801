/**
 * What a call costs, beside gRPC-java in the same run and beside the floor that the machine sets:
 * an echo over a bare Unix-domain socket.
 */
@NullMarked
package org.quicksilver.benchmark.queue;

import org.jspecify.annotations.NullMarked;
