package java.lang.foreign;

/** As much of the class of Java 22 as is compiled against; never packaged. */
public interface Arena {
  static Arena ofAuto() {
    throw new UnsupportedOperationException();
  }
}
