package org.tacit.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds on every machine; where a native library is installed, it says that none is used. */
class BlasTest {
  private static final boolean IS_NATIVE = "native".equals(System.getProperty("tacit.blas"));

  @Test
  void productsRunInJavaUnlessAsked() {
    if (IS_NATIVE) {
      assertThat(Blas.name()).matches("native \\(JNIBLAS\\)|java \\(no native library.*\\)");
    } else {
      assertThat(Blas.NETLIB).isInstanceOf(JavaBLAS.class);
      assertThat(Blas.name()).isEqualTo("java");
    }
  }

  @Test
  void factorisationsRunInJavaAlways() {
    assertThat(Lapack.NETLIB).isInstanceOf(JavaLAPACK.class);
  }

  /** Breeze asks netlib itself. */
  @Test
  void netlibOffersOthersNoNativeLibrary() {
    Blas.start();
    assertThat(LAPACK.getInstance()).isInstanceOf(JavaLAPACK.class);
    if (!IS_NATIVE) {
      assertThat(BLAS.getInstance()).isInstanceOf(JavaBLAS.class);
    }
  }

  /** Whatever runs them: 64 and up is where a native LU once ended the JVM. */
  @Test
  void wideProductsAreRight() {
    Random random = new Random(4);
    Matrix a = random(random, 130, 70);
    Matrix b = random(random, 70, 90);
    Matrix product = a.times(b);
    for (int i = 0; i < 130; i += 43) {
      for (int j = 0; j < 90; j += 29) {
        double sum = 0;
        for (int k = 0; k < 70; k++) {
          sum += a.at(i, k) * b.at(k, j);
        }
        assertThat(Math.abs(product.at(i, j) - sum)).isLessThan(1e-12);
      }
    }
  }

  private static Matrix random(Random random, int rows, int cols) {
    return Matrix.of(rows, cols, random.doubles((long) rows * cols, -1, 1).toArray());
  }
}
