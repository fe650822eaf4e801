/**
 * How measured values are distributed. Knows nothing of what is measured, of transactions, nodes
 * and logs; the only package that uses HdrHistogram.
 */
@NullMarked
package org.quicksilver.statistics;

import org.jspecify.annotations.NullMarked;
