/**
 * One node: the managers below wired into a process. All its state belongs to one thread, {@link
 * org.quicksilver.node.NodeThread}; what must survive the process is in the store before anybody is
 * told. Top floor but for the commands, of which it knows nothing.
 */
@NullMarked
package org.quicksilver.node;

import org.jspecify.annotations.NullMarked;
