package org.tacit.bilevel;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.tacit.matrix.Matrix;

/**
 * How an outer optimiser proposes the next theta, and what it learns from where it comes.
 * Stateless: what it remembers is a map of named matrices that the state holds.
 */
interface StepRule {
  /** The longest change of a theta in one step: in logarithms, twentyfold. */
  double LONGEST = 3;

  /** As results print it. */
  String name();

  /** The names of what is always remembered. */
  Set<String> remembers();

  /** What is remembered at a first point, or at one where the past is forgotten. */
  Map<String, Matrix> begin(OuterState.Point here, OuterFunction.Trial open);

  /** Where to go. */
  Target target(OuterState.Point here, Map<String, Matrix> memory, Bounds bounds);

  /** What is remembered after a target was refused: nearer ones follow. */
  Map<String, Matrix> refused(OuterState.Point here, Map<String, Matrix> memory, Target target);

  /** What is remembered after a target was taken. */
  Map<String, Matrix> arrived(Step step, Map<String, Matrix> memory);

  /** The length of the next step, or the radius that it is searched in, as history tells it. */
  double length(Map<String, Matrix> memory);

  /** A memory with another number in one place. */
  static Map<String, Matrix> with(Map<String, Matrix> memory, String name, double value) {
    Map<String, Matrix> changed = new HashMap<>(memory);
    changed.put(name, Matrix.scalar(value));
    return Map.copyOf(changed);
  }

  /**
   * A proposed theta.
   *
   * @param predicted how much L is to fall, by the rule's model of it; positive
   * @param x where the inner solve starts, where something better is known than the last solution
   */
  record Target(Matrix theta, double predicted, Optional<Matrix> x) {}

  /**
   * A step that was taken.
   *
   * @param open the point that it led to, for derivatives there
   */
  record Step(OuterState.Point from, Target target, OuterState.Point to, OuterFunction.Trial open) {
    /** The change of theta. */
    Matrix moved() {
      return to.theta().minus(from.theta());
    }

    /** The change of the gradient. */
    Matrix bent() {
      return to.gradient().minus(from.gradient());
    }
  }
}
