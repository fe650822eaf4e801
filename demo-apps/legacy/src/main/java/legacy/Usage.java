package legacy;

/** Ends a program whose arguments make no sense. */
final class Usage {
  private Usage() {}

  /**
   * Prints how the program is called and ends it with status 2 unless it got {@code wanted}
   * arguments.
   */
  static void check(String[] args, int wanted, String usage) {
    boolean help = args.length > 0 && (args[0].equals("-h") || args[0].equals("--help"));
    if (help) {
      System.out.println("usage: java " + usage);
      System.exit(0);
    }
    if (args.length != wanted) {
      fail(usage, wanted + " arguments expected, got " + args.length);
    }
  }

  /** Says what is wrong and how the program is called, and ends it with status 2. */
  static void fail(String usage, String problem) {
    System.err.println(problem);
    System.err.println("usage: java " + usage);
    System.exit(2);
  }
}
