package org.tacit.matrix;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;

/**
 * The LAPACK in use: its translation to Java, always. Native ones may need megabytes of stack (a
 * parallel LU keeps half of one a level, a thread of a JVM has one), which ends the JVM without an
 * exception.
 *
 * <p>The only way to it, because the translation keeps state: it computes the machine's constants
 * into static fields on first use, without a lock, and threads that come first together may leave a
 * wrong machine epsilon behind for the life of the JVM, or never return. They are computed here,
 * under the lock of class initialisation. The routines that Tacit calls keep no other state.
 */
public final class Lapack {
  public static final LAPACK NETLIB = initialised();

  private Lapack() {}

  private static LAPACK initialised() {
    Blas.start();
    LAPACK lapack = Blas.quietly(JavaLAPACK::getInstance);
    double epsilon = lapack.dlamch("E");
    if (epsilon != 0.5 * Math.ulp(1.0)) {
      throw new IllegalStateException(
          "Invalid LAPACK: machine epsilon "
              + epsilon
              + " (must be 2^-53; another user of the library may have started it from several"
              + " threads at once: restart the JVM)");
    }
    return lapack;
  }
}
