package org.tacit.experiment;

import java.util.ArrayList;
import java.util.List;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.Unrolled;
import org.tacit.implicit.UnrolledDerivative;
import org.tacit.linsolve.Auto;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ConditionPrograms;
import org.tacit.pass.NeighbourList;
import org.tacit.solver.Fire;
import org.tacit.solver.FireMap;
import org.tacit.solver.Newton;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/** Relaxes packings of spheres, by FIRE, and unrolls it. */
final class Relaxation {
  private static final Matrix ONE = Matrix.scalar(1);
  private static final Stopping STOPPING = new Stopping(0, 1e-12, 100_000);

  /** What differences of packings ask for: about what rounding leaves. */
  private static final Stopping TIGHT = new Stopping(0, 3e-14, 50);

  private final SoftSpheres spheres;
  private final ConditionPrograms programs;
  private final ImplicitFunction function;
  private final FireMap fire;
  private final Unrolled step;

  Relaxation(SoftSpheres spheres, double firstStep, double longestStep) {
    this.spheres = spheres;
    Condition condition = spheres.stationary();
    this.programs = ConditionPrograms.of(condition);
    this.function = ImplicitFunction.of(condition, Fire.of(), Auto.of(1e-12), STOPPING);
    this.fire = FireMap.of(condition, firstStep, longestStep);
    this.step = Unrolled.of(fire.size(), 1, fire::next, 1);
  }

  SoftSpheres spheres() {
    return spheres;
  }

  /** An iterate with its derivative. */
  record Iterate(int k, Matrix x, Matrix tangent) {}

  /** Iterates on the way, the last one last. */
  record Unrolling(List<Iterate> iterates) {
    Matrix x() {
      return iterates.get(iterates.size() - 1).x;
    }
  }

  /** FIRE's iterates from a start that does not move with theta, pairs listed anew on the way. */
  Unrolling unroll(double theta, Matrix start, int iterations, int points) {
    NeighbourList neighbours = spheres.neighbours();
    Matrix state = fire.start(start);
    Matrix still = Matrix.zeros(state.rows(), 1);
    UnrolledDerivative now = new UnrolledDerivative(still, state, 0, 0, 1);
    List<Iterate> iterates = new ArrayList<>();
    for (int k = 1; k <= iterations; k++) {
      now = step.jvp(neighbours.near(fire.x(now.x())), Matrix.scalar(theta), now, ONE);
      if ((long) k * points / iterations > (k - 1L) * points / iterations) {
        iterates.add(new Iterate(k, fire.x(now.x()), fire.x(now.value())));
      }
    }
    return new Unrolling(iterates);
  }

  /** A point from anywhere as a packing. */
  ImplicitSolution at(double theta, Matrix x) {
    return function.at(spheres.neighbours().near(x), Matrix.scalar(theta), x);
  }

  /** The packing that FIRE relaxes to. */
  Solution relaxed(double theta, Matrix from) {
    return by(Fire.of(), theta, from, STOPPING);
  }

  /** The same packing at a diameter close by, where Newton's steps are enough. */
  Solution again(double theta, Matrix from) {
    return by(Newton.of(), theta, from, TIGHT);
  }

  private Solution by(Solver solver, double theta, Matrix from, Stopping until) {
    return solver.solve(
        programs.following(spheres.neighbours()::near, Matrix.scalar(theta)), from, until);
  }
}
