package org.quicksilver.it;

/** Programs that do something and end. Played with and without the agent, and must not notice. */
interface Scenario {

  /** Plays it; throws if it does not go as it should even without us. */
  void play(Stage stage) throws Exception;
}
