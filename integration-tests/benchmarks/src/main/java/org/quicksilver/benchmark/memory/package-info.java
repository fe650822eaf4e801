/** What transactions on recoverable memory cost, beside what others offer. */
package org.quicksilver.benchmark.memory;
