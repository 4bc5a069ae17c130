package org.tacit.solver;

import java.util.Iterator;
import java.util.OptionalDouble;
import org.tacit.breeze.QuasiNewton;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.CompositeProblem;
import org.tacit.optimality.Problem;

/**
 * The smooth part f of a composite problem, plus sum_j squares_j / 2 x_j^2, as a quasi-Newton
 * method sees it: one pass a point. Points where the residual is not finite count as outside f's
 * domain.
 *
 * @param squares n x 1
 */
record SmoothPart(CompositeProblem problem, Iterates iterates, Matrix squares)
    implements QuasiNewton.Objective {
  @Override
  public QuasiNewton.Point at(Matrix x) {
    boolean isKnown = problem.knows(x) || iterates.evaluate(x).isPresent();
    if (!isKnown) {
      return new QuasiNewton.Point(Double.POSITIVE_INFINITY, x);
    }
    Problem.Point there = problem.at(x);
    return new QuasiNewton.Point(
        there.smooth() + 0.5 * squares.dot(x.with(x, (a, b) -> a * b)),
        there.gradient().plus(x.with(squares, (v, b) -> v * b)));
  }

  /**
   * Moves along the states of a method until the residual is {@code enough} times what it was, or
   * {@code atMost} steps are done. Returns whether the method could go on.
   */
  boolean follow(Iterator<QuasiNewton.State> states, double enough, int atMost) {
    double first = iterates.norm();
    boolean isStart = true;
    for (int k = 0; k < atMost && iterates.goesOn() && iterates.norm() > enough * first; ) {
      QuasiNewton.State state = states.next();
      if (state.isStuck() || !problem.knows(state.x())) {
        return false;
      }
      boolean isHere = isStart && state.x().equals(iterates.x());
      isStart = false;
      if (!isHere) {
        Matrix residual = problem.at(state.x()).residual();
        iterates.moveTo(state.x(), new Problem.Evaluated(OptionalDouble.empty(), residual));
        k++;
      }
    }
    return true;
  }
}
