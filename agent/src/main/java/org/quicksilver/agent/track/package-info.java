/**
 * What this JVM holds and for whom: the current transaction of each thread, branches, open handles,
 * and the tracker behind the bridge. Knows breadcrumbs; nothing of the node or of how handles are
 * closed.
 */
@NullMarked
package org.quicksilver.agent.track;

import org.jspecify.annotations.NullMarked;
