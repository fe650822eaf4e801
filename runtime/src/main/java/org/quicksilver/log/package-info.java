/**
 * Log manager: what a node must still know after its own process was killed, in Chronicle Map
 * files. Keys and values are text to it; it knows nothing of transactions, handles, messages, or
 * who calls.
 */
@NullMarked
package org.quicksilver.log;

import org.jspecify.annotations.NullMarked;
