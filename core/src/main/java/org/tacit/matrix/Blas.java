package org.tacit.matrix;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What runs wide dense products: {@link Kernels} in Java, whatever libraries the machine has, so
 * that numbers do not depend on what is installed. The system property {@code tacit.blas}, {@code
 * java} unless it is {@code native}, asks for the machine's own BLAS instead, for products alone:
 * factorisations stay in Java (see {@link Lapack}), since native ones may need more stack than a
 * thread of a JVM has. Where none can be loaded, Java's is used, and {@link #name()} says so.
 *
 * <p>Breeze takes whatever netlib offers. So the first use of this class tells netlib to leave
 * native libraries alone, for the whole JVM, unless its own properties ({@code
 * dev.ludovic.netlib.blas.allowNative}, {@code dev.ludovic.netlib.lapack.allowNative}) say
 * otherwise or another library has started it before.
 */
public final class Blas {
  private static final String SETTING = "tacit.blas";
  private static final String JAVA = "java";
  private static final String NATIVE = "native";

  static final BLAS NETLIB = isAskedFor(System.getProperty(SETTING, JAVA)) ? asked() : inJava();

  private static final boolean IS_NATIVE = NETLIB instanceof NativeBLAS;

  private Blas() {}

  /** Settles what netlib may load: to be called before Breeze, which asks netlib itself. */
  public static void start() {
    // Done by the initialisation of this class.
  }

  /** Whether the machine's own library was asked for, and is there. */
  static boolean isNative() {
    return IS_NATIVE;
  }

  /** What runs products, such as "java", for results. */
  public static String name() {
    if (IS_NATIVE) {
      return NATIVE + " (" + NETLIB.getClass().getSimpleName() + ")";
    }
    return isAskedFor(System.getProperty(SETTING, JAVA))
        ? JAVA + " (no native library was loaded)"
        : JAVA;
  }

  /**
   * What this JVM computes with otherwise, such as "vector, 8 lanes of doubles": its speed depends
   * on it, its bits do not.
   */
  public static String kernels() {
    return Kernels.BEST.description();
  }

  /** Throws where the setting is none of its choices, which the first use would throw, too. */
  public static void requireSetting() {
    isAskedFor(System.getProperty(SETTING, JAVA));
  }

  /** Whether the setting asks for the machine's own library. */
  private static boolean isAskedFor(String setting) {
    return switch (setting) {
      case JAVA -> false;
      case NATIVE -> true;
      default ->
          throw new IllegalArgumentException(
              "Invalid " + SETTING + ": " + setting + " (must be java or native)");
    };
  }

  private static BLAS asked() {
    System.setProperty(BLAS.ALLOW_NATIVE_BLAS, "true");
    setUnlessSet(LAPACK.ALLOW_NATIVE_LAPACK);
    return quietly(BLAS::getInstance);
  }

  private static BLAS inJava() {
    setUnlessSet(BLAS.ALLOW_NATIVE_BLAS);
    setUnlessSet(LAPACK.ALLOW_NATIVE_LAPACK);
    return quietly(JavaBLAS::getInstance);
  }

  private static void setUnlessSet(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, "false");
    }
  }

  /** Starts netlib without the lines in which it says what it loads. */
  static <T> T quietly(Supplier<T> start) {
    Logger netlib = Logger.getLogger("dev.ludovic.netlib");
    Level before = netlib.getLevel();
    netlib.setLevel(Level.WARNING);
    try {
      return start.get();
    } finally {
      netlib.setLevel(before);
    }
  }
}
