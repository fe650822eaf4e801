package org.quicksilver.handle;

import java.nio.ByteBuffer;

/**
 * One slot of a breadcrumb file. Made once, when its segment is: the hot path allocates none.
 *
 * @param segment the mapped segment
 * @param offset offset of the slot in it, bytes
 * @param number number of the slot in the file
 * @param index index among its sort: the descriptor's number, or that of another slot
 */
public record Slot(ByteBuffer segment, int offset, int number, int index) {}
