/**
 * Handles: their kinds, their breadcrumbs in a mapped file, and the policies that say what is done
 * with one that outlives its transaction. Knows transaction IDs, no network, no node.
 */
@NullMarked
package org.quicksilver.handle;

import org.jspecify.annotations.NullMarked;
