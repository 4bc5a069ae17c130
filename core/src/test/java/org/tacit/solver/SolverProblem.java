package org.tacit.solver;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Problem;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.Passes;
import org.tacit.pass.TableFactory;

/**
 * A problem on the rows of a table, whose solution is known from elsewhere.
 *
 * @param conditions the condition that solvers are given, then others of the same solution and
 *     parameters, through which it is differentiated too
 */
record SolverProblem(
    Kind kind,
    SampleRows rows,
    List<Condition> conditions,
    Matrix theta,
    Matrix start,
    Reference reference) {
  /** What a solver may claim to solve. */
  enum Kind {
    /** Strongly convex objectives. */
    SMOOTH,
    /** Objectives with a minimum, not convex. */
    CURVED,
    /** Sums of squared errors. */
    SQUARES,
    /** Sums of squared errors with other stationary points, not far off. */
    FIT,
    /** f + g, g a sum of penalties over unknowns. */
    PENALISED,
    /** f within bounds of the unknowns. */
    BOUNDED,
    /** f + g, g a sum over groups of unknowns. */
    GROUPED,
    /** Simplexes, by their projections. */
    SIMPLEX,
    /** Simplexes, by mirror descent. */
    ENTROPIC,
    /** Quadratic programs with equalities only. */
    EQUALITIES,
    /** Quadratic programs. */
    QUADRATIC,
    /** Convex programs with other constraints. */
    CONVEX,
    /** Conic programs. */
    CONE,
    /** Fixed points, of a contraction. */
    FIXED_POINT,
    /** One equation in one unknown. */
    SCALAR
  }

  SolverProblem {
    conditions = List.copyOf(conditions);
  }

  /** Whether it is f + g: its few parameters make the whole Jacobian cheap. */
  boolean hasKinks() {
    return EnumSet.of(Kind.PENALISED, Kind.BOUNDED, Kind.GROUPED, Kind.SIMPLEX, Kind.ENTROPIC)
        .contains(kind);
  }

  Condition condition() {
    return conditions.get(0);
  }

  Passes passes(TableFactory tables, int partitions) {
    return Passes.over(SampleRows.NAME, rows.on(tables, partitions));
  }

  Problem at(Passes passes) {
    return ReadyCondition.of(condition()).at(passes, theta);
  }

  /** f + g at x, where the conditions are those of an objective without constraints. */
  OptionalDouble objective(Passes passes, Matrix x) {
    for (Condition each : conditions) {
      Problem problem = ReadyCondition.of(each).at(passes, theta);
      OptionalDouble smooth =
          problem
              .as(CompositeProblem.class)
              .map(parts -> OptionalDouble.of(parts.at(x).smooth()))
              .orElseGet(() -> problem.evaluate(x).value());
      if (smooth.isPresent()) {
        return OptionalDouble.of(
            smooth.getAsDouble() + reference.penalty().applyAsDouble(x, theta));
      }
    }
    return OptionalDouble.empty();
  }
}
