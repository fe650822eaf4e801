package org.quicksilver.demo;

/**
 * One run of the legacy programs, from the start of the servers to what is left of the killed
 * clients.
 */
interface Run {
  /** Shown above the run. */
  String title();

  /**
   * Starts everything, kills the clients, looks. What it started it leaves to the workspace to
   * stop.
   *
   * @throws DemoException if it cannot be brought to the kill, or to the end after it
   */
  Observation perform();
}
