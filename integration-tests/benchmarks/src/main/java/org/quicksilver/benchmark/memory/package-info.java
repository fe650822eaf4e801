/**
 * What recoverable memory costs, beside LMDB, RocksDB, H2's MVStore and the Artemis journal, and
 * beside the floor that the machine sets.
 */
package org.quicksilver.benchmark.memory;
