package org.tacit.solver;

import java.util.Optional;
import org.tacit.optimality.Problem;
import org.tacit.pass.NotANumberException;

/** {@link Minimiser#gaussNewton}. */
record GaussNewton(Minimiser.LineSearch search) {
  void run(Problem problem, Iterates iterates) {
    boolean canMove = true;
    while (canMove && iterates.goesOn()) {
      canMove = step(problem, iterates);
    }
  }

  private boolean step(Problem problem, Iterates iterates) {
    try (NormalSystem system = NormalSystem.at("gauss-newton", problem, iterates)) {
      Ray ray = new Ray(iterates, system.step(0), iterates.here().value().orElseThrow());
      Optional<Ray.Trial> trial = ray.slope() < 0 ? search.along(ray, 1) : Optional.empty();
      if (trial.isPresent() && !trial.get().x().equals(iterates.x())) {
        iterates.moveTo(trial.get().x(), trial.get().there());
        return true;
      }
    } catch (NotANumberException noStep) {
      // Counted below as an iteration that went nowhere.
    }
    iterates.stay();
    return false;
  }
}
