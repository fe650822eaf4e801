/**
 * All file access of recoverable memory: {@link org.quicksilver.memory.storage.FileAccess}, which a
 * test replaces by a disk that fails or loses power, and memory of any length made of pieces,
 * {@link org.quicksilver.memory.storage.WideBuffer}. For the engines. Knows nothing of logs and
 * transactions.
 */
@NullMarked
package org.quicksilver.memory.storage;

import org.jspecify.annotations.NullMarked;
