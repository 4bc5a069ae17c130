package org.tacit.matrix;

/**
 * Chooses the kernels once a JVM. The vector kernels are reached by name, since their module may be
 * absent at run time.
 */
final class KernelChoice {
  private KernelChoice() {}

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
