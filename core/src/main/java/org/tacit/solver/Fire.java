package org.tacit.solver;

import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Problem;

/** {@link Minimiser#fire}. */
record Fire(Optional<Pace> pace) {
  private static final int PATIENCE = 1000;
  static final int DELAY = 20;
  static final double GROWTH = 1.1;
  static final double TURN = 0.25;
  static final double FALL = 0.99;
  static final double SHORTER = 0.5;
  private static final double FIRST = 0.5;
  private static final double FARTHEST = 1e6;

  /** The first step of time and the longest, in the units of the problem. */
  record Pace(double first, double longest) {
    Pace {
      if (!(first > 0 && first <= longest && Double.isFinite(longest))) {
        throw new IllegalArgumentException(
            "Invalid steps of time: %s to %s (must be > 0, finite and increasing)"
                .formatted(first, longest));
      }
    }
  }

  void run(Problem problem, Iterates iterates) {
    if (iterates.goesOn()) {
      new Flight(iterates, pace).run();
    }
  }

  /** One solve: where the ball is, how it moves, and how long its steps are. */
  private static final class Flight {
    private final Iterates iterates;
    private final boolean isGiven;
    private Matrix velocity;
    private double longest;
    private double dt;
    private double turn = TURN;
    private int downhill;

    Flight(Iterates iterates, Optional<Pace> pace) {
      this.iterates = iterates;
      this.velocity = Matrix.zeros(iterates.x().rows(), 1);
      this.isGiven = pace.isPresent();
      longest = pace.map(Pace::longest).orElseGet(() -> 1 / Math.sqrt(curvature(iterates)));
      dt = pace.map(Pace::first).orElse(FIRST * longest);
    }

    void run() {
      int fruitless = 0;
      while (iterates.goesOn() && !iterates.isWithin() && fruitless++ < PATIENCE) {
        Matrix from = iterates.x();
        Matrix gradient = iterates.here().residual();
        Matrix next = next(from, gradient);
        if (next.equals(from)) {
          iterates.stay();
          return;
        }
        Optional<Problem.Evaluated> there = iterates.evaluate(next);
        if (there.isEmpty()) {
          iterates.backToBest();
          iterates.stay();
          rest(SHORTER * SHORTER);
          continue;
        }
        iterates.moveTo(next, there.get());
        shorten(from, gradient);
        fruitless = iterates.isAtBest() ? 0 : fruitless;
      }
    }

    private Matrix next(Matrix x, Matrix gradient) {
      Matrix from = x;
      if (gradient.dot(velocity) < 0) {
        if (++downhill > DELAY) {
          dt = Math.min(GROWTH * dt, longest);
          turn *= FALL;
        }
      } else if (velocity.maxAbs() > 0) {
        from = x.plus(-dt / 2, velocity);
        rest(SHORTER);
      }
      Matrix pulled = velocity.plus(-dt, gradient);
      velocity = pulled.times(1 - turn).plus(-turn * pulled.norm() / gradient.norm(), gradient);
      return from.plus(dt, velocity);
    }

    private void rest(double shorter) {
      velocity = Matrix.zeros(velocity.rows(), 1);
      dt *= shorter;
      turn = TURN;
      downhill = 0;
    }

    private void shorten(Matrix from, Matrix gradient) {
      if (!isGiven) {
        double distance = iterates.x().minus(from).norm();
        double slope = iterates.here().residual().minus(gradient).norm() / distance;
        longest = distance > 0 && slope > 0 ? Math.min(longest, 1 / Math.sqrt(slope)) : longest;
        dt = Math.min(dt, longest);
      }
    }

    /** So much at least that a step is not out of sight. */
    private static double curvature(Iterates iterates) {
      double size = Math.max(1, iterates.x().norm());
      double least = iterates.norm() / (FARTHEST * size);
      return Math.max(Descent.probed(iterates), least);
    }
  }
}
