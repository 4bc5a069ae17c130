package org.tacit.job;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.tacit.config.Section;
import org.tacit.solver.CompositeMinimiser;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Solver;

/**
 * The solvers of inner problems that configurations name, each for the objectives it is made for.
 */
enum InnerMethod {
  /** By what the problem is. */
  AUTO(Kind.ANY, Solver::automatic),
  /** L-BFGS, then truncated Newton steps. */
  NEWTON(Kind.SMOOTH, Minimiser::newtonPolished),
  TRUST_REGION(Kind.SMOOTH, Minimiser::trustRegionNewton),
  LBFGS(Kind.SMOOTH, Minimiser::lbfgs),
  NONLINEAR_CG(Kind.SMOOTH, Minimiser::nonlinearConjugateGradient),
  ACCELERATED_GRADIENT(Kind.SMOOTH, Minimiser::acceleratedGradient),
  STEEPEST_DESCENT(Kind.SMOOTH, Minimiser::steepestDescent),
  PROXIMAL_NEWTON(Kind.COMPOSITE, CompositeMinimiser::proximalNewton),
  OWLQN(Kind.COMPOSITE, CompositeMinimiser::owlqn),
  FISTA(Kind.COMPOSITE, CompositeMinimiser::fista),
  ISTA(Kind.COMPOSITE, CompositeMinimiser::ista);

  private enum Kind {
    ANY,
    SMOOTH,
    COMPOSITE
  }

  private final Kind kind;

  @SuppressWarnings("ImmutableEnumChecker") // the functions above hold nothing
  private final Supplier<Solver> make;

  InnerMethod(Kind kind, Supplier<Solver> make) {
    this.kind = kind;
    this.make = make;
  }

  Solver solver() {
    return make.get();
  }

  /** Whether it minimises objectives that are differentiable, or that are not. */
  boolean takes(boolean isSmooth) {
    Kind asked = isSmooth ? Kind.SMOOTH : Kind.COMPOSITE;
    return kind == Kind.ANY || kind == asked;
  }

  /** The names of those that take such objectives. */
  static List<String> namesFor(boolean isSmooth) {
    return Arrays.stream(values()).filter(m -> m.takes(isSmooth)).map(Section::label).toList();
  }
}
