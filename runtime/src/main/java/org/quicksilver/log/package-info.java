/**
 * Log manager. {@link org.quicksilver.log.LogManager} is the forced log: what must survive a power
 * failure, records of the transaction manager and of recoverable servers. {@link
 * org.quicksilver.log.NodeStore} is what a node must still know after its own process was killed,
 * in Chronicle Map files. Neither knows what its records mean, save that the log can turn those of
 * the transaction manager into bytes and text; nor handles, messages, or who calls.
 */
@NullMarked
package org.quicksilver.log;

import org.jspecify.annotations.NullMarked;
