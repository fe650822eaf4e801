package org.quicksilver.cli;

/** What a command exits with, and how its help says so. */
final class ExitCode {

  static final int OK = 0;
  static final int FOUND = 1;
  static final int USAGE = 2;
  static final int NO_NODE = 3;
  static final int NODE_RUNNING = 4;
  static final int NOT_FOUND = 5;
  static final int DENIED = 6;
  static final int REFUSED = 7;
  static final int FAILED = 10;

  static final String OK_HELP = "0:Done.";
  static final String USAGE_HELP = "2:The command line is wrong.";
  static final String NO_NODE_HELP = "3:No node is running.";
  static final String NOT_FOUND_HELP = "5:There is no such transaction or process.";
  static final String DENIED_HELP =
      "6:Not allowed: the secret of the owner cannot be read, or was not accepted.";
  static final String REFUSED_HELP =
      "7:Refused: the transaction may not be ended like that; the message says why.";
  static final String FAILED_HELP = "10:Something else failed; the message says what.";

  private ExitCode() {}
}
