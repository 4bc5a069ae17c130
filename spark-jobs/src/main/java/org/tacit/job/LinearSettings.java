package org.tacit.job;

import org.tacit.config.Section;

/**
 * The adjoint solve: its method and preconditioner, relative residual, and budget.
 *
 * @param rank of a Nystrom preconditioner
 */
public record LinearSettings(
    Method method, Preconditioning preconditioner, int rank, double tolerance, int maxIterations) {

  /** The method for linear systems. */
  public enum Method {
    /** By structure and size. */
    AUTO,
    CG,
    MINRES,
    GMRES,
    BICGSTAB,
    LSMR,
    NORMAL_CG,
    DENSE
  }

  /** What makes a method of Krylov's kind need fewer iterations. */
  public enum Preconditioning {
    NONE,
    /** The operator's diagonal, exact where it is known, in one pass. */
    DIAGONAL,
    /** A randomised sketch of the operator, in one pass. */
    NYSTROM
  }

  static LinearSettings of(Section root) {
    Section linear =
        root.section("linear", "method", "preconditioner", "rank", "tolerance", "max-iterations");
    Method method = linear.choice("method", Method.class).orElse(Method.AUTO);
    Preconditioning preconditioner =
        linear.choice("preconditioner", Preconditioning.class).orElse(Preconditioning.NONE);
    boolean takesOne = method == Method.CG || method == Method.MINRES || method == Method.GMRES;
    if (preconditioner != Preconditioning.NONE && !takesOne) {
      throw linear.wrong("preconditioner", "none, or linear.method be one of cg | minres | gmres");
    }
    return new LinearSettings(
        method,
        preconditioner,
        linear.integer("rank", 64, 1),
        Settings.tolerance(linear),
        linear.integer("max-iterations", 1000, 1));
  }
}
