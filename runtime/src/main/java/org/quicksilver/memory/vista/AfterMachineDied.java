package org.quicksilver.memory.vista;

/**
 * What to do with memory that was open when the machine died, not only the process. The disk then
 * has some of its pages as they were and some as they had been.
 */
public enum AfterMachineDied {
  /** Leave it alone and throw {@link org.quicksilver.memory.MachineDiedException}. */
  REFUSE,

  /**
   * Open it all the same and undo what can be undone. What is in it then is nobody's promise: the
   * caller looks, and makes good what is wrong.
   */
  ACCEPT
}
