package org.tacit.matrix;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import dev.ludovic.netlib.lapack.LAPACK;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The BLAS of wide dense products: netlib's in Java, by vector instructions where their module is
 * present, whatever libraries the machine has, so that numbers do not depend on what is installed.
 * The system property {@code tacit.blas=native} asks for the machine's own instead, for products
 * alone: factorisations stay in Java (see {@link Lapack}), since native ones may need more stack
 * than a thread of a JVM has. Where none can be loaded, Java's is used, and {@link #name()} says
 * so.
 *
 * <p>Breeze takes whatever netlib offers. So the first use of this class tells netlib to leave
 * native libraries alone, for the whole JVM, unless its own properties ({@code
 * dev.ludovic.netlib.blas.allowNative}, {@code dev.ludovic.netlib.lapack.allowNative}) say
 * otherwise or another library has started it before.
 */
public final class Blas {
  private static final String SETTING = "tacit.blas";
  private static final String NATIVE = "native";

  static final BLAS NETLIB = NATIVE.equals(System.getProperty(SETTING)) ? asked() : inJava();

  private Blas() {}

  /** Settles what netlib may load: to be called before Breeze, which asks netlib itself. */
  public static void start() {
    // Done by the initialisation of this class.
  }

  /** What runs products, such as "java (VectorBLAS)", for results. */
  public static String name() {
    String kind = NETLIB instanceof NativeBLAS ? NATIVE : "java";
    String missing =
        kind.equals(System.getProperty(SETTING, kind)) ? "" : ", no native library was loaded";
    return kind + " (" + NETLIB.getClass().getSimpleName() + missing + ")";
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
