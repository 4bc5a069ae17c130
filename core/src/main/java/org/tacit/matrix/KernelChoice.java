package org.tacit.matrix;

/**
 * Chooses the kernels once a JVM. The vector kernels are reached by name, since their module may be
 * absent at run time.
 */
public final class KernelChoice {
  private KernelChoice() {}

  /**
   * What this JVM computes with, such as "vector, 8 lanes of doubles": its speed depends on it, its
   * bits do not.
   */
  public static String description() {
    return Kernels.BEST.description();
  }

  static Kernels best() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return new PlainKernels();
    }
    try {
      return Class.forName("org.tacit.matrix.VectorKernels")
          .asSubclass(Kernels.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError absent) {
      return new PlainKernels();
    }
  }
}
