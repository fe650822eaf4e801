package org.quicksilver.agent.track;

/**
 * Which stacks are recorded.
 *
 * @param sample of how many handles one has its opening stack recorded; 0 for none
 * @param budget how much of a thread's time those of files may take, in percent, see {@link
 *     StackBudget}; 100 is no limit
 * @param closings whether the stack is recorded of who closes one that was reported
 */
public record Recording(int sample, int budget, boolean closings) {}
