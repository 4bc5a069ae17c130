package org.tacit.job;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.tacit.config.Section;
import org.tacit.model.PenaltyKind;
import org.tacit.solver.AcceleratedGradient;
import org.tacit.solver.Automatic;
import org.tacit.solver.Fista;
import org.tacit.solver.Ista;
import org.tacit.solver.Lbfgs;
import org.tacit.solver.NewtonPolished;
import org.tacit.solver.NonlinearConjugateGradient;
import org.tacit.solver.Owlqn;
import org.tacit.solver.ProximalNewton;
import org.tacit.solver.Solver;
import org.tacit.solver.SteepestDescent;
import org.tacit.solver.TrustRegionNewton;

/**
 * The solvers of inner problems that configurations name, each for the penalties it is made for.
 */
public enum InnerMethod {
  /** By what the problem is. */
  AUTO(Kind.ANY, Automatic::new),
  /** L-BFGS, then truncated Newton steps. */
  NEWTON(Kind.SMOOTH, NewtonPolished::of),
  TRUST_REGION(Kind.SMOOTH, TrustRegionNewton::new),
  LBFGS(Kind.SMOOTH, Lbfgs::new),
  NONLINEAR_CG(Kind.SMOOTH, NonlinearConjugateGradient::of),
  ACCELERATED_GRADIENT(Kind.SMOOTH, AcceleratedGradient::new),
  STEEPEST_DESCENT(Kind.SMOOTH, SteepestDescent::of),
  PROXIMAL_NEWTON(Kind.COMPOSITE, ProximalNewton::new),
  OWLQN(Kind.COMPOSITE, Owlqn::new),
  FISTA(Kind.COMPOSITE, Fista::new),
  ISTA(Kind.COMPOSITE, Ista::new);

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

  boolean takes(PenaltyKind penalty) {
    Kind asked = penalty == PenaltyKind.L2 ? Kind.SMOOTH : Kind.COMPOSITE;
    return kind == Kind.ANY || kind == asked;
  }

  /** The names of those that take this penalty. */
  static List<String> namesFor(PenaltyKind penalty) {
    return Arrays.stream(values()).filter(m -> m.takes(penalty)).map(Section::label).toList();
  }
}
