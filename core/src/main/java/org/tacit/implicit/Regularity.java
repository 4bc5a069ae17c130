package org.tacit.implicit;

import java.util.Random;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.operator.Structure;
import org.tacit.optimality.Condition;

/**
 * Whether A is regular, by a seeded normal right-hand side p: for a singular A it has no solution,
 * while those of derivatives may have, and iterative methods find it without a word.
 */
final class Regularity {
  private Regularity() {}

  /** Whether it may be singular: it is not promised to be positive definite. */
  static boolean isAsked(Condition condition) {
    return condition.structure() != Structure.POSITIVE_DEFINITE;
  }

  /** p, of norm 1. */
  static Matrix probe(int n) {
    Random random = new Random(19730401);
    Matrix p = Matrix.zeros(n, 1).map(ignored -> random.nextGaussian());
    return p.times(1 / p.norm());
  }

  /** |A^-1 p| from a solve that had p in this column; infinite where that found A singular. */
  static double inverse(Solution solved, int column) {
    return solved.outcome() == Outcome.SINGULAR
        ? Double.POSITIVE_INFINITY
        : solved.value().columnAt(column).norm();
  }
}
