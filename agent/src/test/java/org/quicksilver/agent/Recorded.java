package org.quicksilver.agent;

/**
 * A stack that tells whether its frames were computed. Recorded outside the packages of which no
 * frame is shown.
 */
public final class Recorded extends Throwable {

  private boolean asked;

  private Recorded() {}

  /** Recorded under so many frames of this method. */
  public static Recorded under(int frames) {
    return frames == 0 ? oneWay() : under(frames - 1);
  }

  /** The same, but the innermost method is another. */
  public static Recorded underToo(int frames) {
    return frames == 0 ? otherWay() : underToo(frames - 1);
  }

  /** A method with two lines that record. */
  public static Recorded[] twoLines() {
    Recorded first = new Recorded();
    Recorded second = new Recorded();
    return new Recorded[] {first, second};
  }

  private static Recorded oneWay() {
    return new Recorded();
  }

  private static Recorded otherWay() {
    return new Recorded();
  }

  /** Whether its frames were computed. */
  public boolean wasAsked() {
    return asked;
  }

  @Override
  public StackTraceElement[] getStackTrace() {
    asked = true;
    return super.getStackTrace();
  }
}
