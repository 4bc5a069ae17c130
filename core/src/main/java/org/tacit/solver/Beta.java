package org.tacit.solver;

import org.tacit.matrix.Matrix;

/** The formula of beta, with y = g+ - g ({@link Minimiser#nonlinearConjugateGradient}). */
public enum Beta {

  /** (y - 2 d |y|^2 / d'y)'g+ / d'y, bounded below: a direction of descent always. */
  HAGER_ZHANG {
    @Override
    double of(Matrix gradient, Descent.Step last) {
      Matrix d = last.direction();
      Matrix y = last.change();
      double dy = d.dot(y);
      double raw = y.plus(-2 * y.dot(y) / dy, d).dot(gradient) / dy;
      double least = -1 / (d.norm() * Math.min(1e-2, last.from().norm()));
      return Math.max(raw, least);
    }
  },
  /** max(0, y'g+ / |g|^2). */
  POLAK_RIBIERE {
    @Override
    double of(Matrix gradient, Descent.Step last) {
      double squared = last.from().dot(last.from());
      return Math.max(0, last.change().dot(gradient) / squared);
    }
  },
  /** |g+|^2 / |g|^2. */
  FLETCHER_REEVES {
    @Override
    double of(Matrix gradient, Descent.Step last) {
      return gradient.dot(gradient) / last.from().dot(last.from());
    }
  },
  /** max(0, y'g+ / d'y). */
  HESTENES_STIEFEL {
    @Override
    double of(Matrix gradient, Descent.Step last) {
      Matrix y = last.change();
      return Math.max(0, y.dot(gradient) / last.direction().dot(y));
    }
  };

  abstract double of(Matrix gradient, Descent.Step last);
}
