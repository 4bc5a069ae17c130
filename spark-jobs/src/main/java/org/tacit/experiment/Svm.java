package org.tacit.experiment;

import java.util.List;
import java.util.Map;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.config.Section;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.Unrolled;
import org.tacit.linsolve.DiagonalPreconditioner;
import org.tacit.linsolve.NoPreconditioner;
import org.tacit.matrix.Matrix;
import org.tacit.program.Program;

/**
 * The derivative of {@link SvmDual}'s validation loss in lam, the log of the penalty, at the last
 * iterate of three solvers in three ways each: through the fixed points of projected gradient and
 * of mirror descent, whatever the solver was, and through the iterations, all kept. The true one is
 * that of the problem solved.
 */
record Svm(SvmDual dual, Matrix lam) {
  /** The solvers, by how their iterations are called. */
  enum Method {
    MIRROR_DESCENT,
    ACCELERATED_GRADIENT,
    BLOCK_DESCENT
  }

  enum Way {
    IMPLICIT_PROJECTED,
    IMPLICIT_MIRRORED,
    UNROLLED
  }

  static Findings run(Setup setup) {
    Section settings =
        setup.settings(
            "seed solvers derivatives features rows validation classes separation lambda",
            "mirror-descent accelerated-gradient block-descent");
    int rows = settings.integer("rows", 700, 10);
    int held = settings.integer("validation", 200, 1);
    int classes = settings.integer("classes", 5, 2);
    double separation = settings.number("separation", 0.3, v -> v >= 0, ">= 0");
    int seed = settings.integer("seed", 1, 0);
    Matrix lam = Matrix.scalar(settings.number("lambda", 1, Double::isFinite, "finite"));
    Comparison comparison = new Comparison(setup, "features");
    for (int features : settings.someIntegers("features", "numbers of features, >= 20")) {
      Samples all = Classes.of(seed, rows + held, features, classes, separation);
      double part = rows / (double) all.count();
      List<Samples> parts = all.split(seed, part, 1 - part);
      Svm svm = new Svm(new SvmDual(parts.get(0), parts.get(1), classes), lam);
      Comparison.Found exact = svm.exact();
      for (Method method : settings.choices("solvers", Method.class)) {
        String name = Charts.words(method);
        int count = settings.integer(name.replace(' ', '-'), 100, 1);
        Unrolled iterations = svm.iterations(method, count);
        for (Way way : settings.choices("derivatives", Way.class)) {
          String of = name + ", " + count + " iterations";
          comparison.add(of, Charts.words(way), features, () -> svm.found(way, iterations), exact);
        }
      }
    }
    return comparison.to(new Findings());
  }

  Unrolled iterations(Method method, int count) {
    return switch (method) {
      case MIRROR_DESCENT -> Unrolled.of(dual.mirrored, count);
      case ACCELERATED_GRADIENT -> Unrolled.ofAccelerated(dual.projected, count);
      case BLOCK_DESCENT -> Unrolled.of(dual.mirrored.unknowns(), 1, dual.sweep::of, count);
    };
  }

  Comparison.Found found(Way way, Unrolled iterations) {
    BilevelProblem problem = dual.validation(dual.projected, new NoPreconditioner());
    if (way == Way.UNROLLED) {
      Unrolled all = iterations.withCheckpointInterval(1);
      return Comparison.Found.of(
          problem.hypergradient(dual.passes, lam, dual.mirrored.start(), all));
    }
    Matrix x = iterations.last(dual.passes, lam, dual.mirrored.start());
    BilevelProblem of = way == Way.IMPLICIT_PROJECTED ? problem : mirrored(x);
    return Comparison.Found.of(of.hypergradient(dual.passes, lam, x));
  }

  /**
   * Mirror descent's rows are as small as x: a diagonal that is so, too, down to 1e-3, undoes it.
   */
  private BilevelProblem mirrored(Matrix x) {
    Program diagonal = Program.of("d", dual.mirrored.complementarity().orElseThrow().node());
    Matrix d = dual.passes.evaluate(diagonal, Map.of("x", x, "theta", lam)).get("d");
    return dual.validation(dual.mirrored, DiagonalPreconditioner.of(d.map(v -> Math.max(v, 1e-3))));
  }

  /** By the library's accelerated projected gradient. */
  private Comparison.Found exact() {
    BilevelProblem problem = dual.validation(dual.projected, new NoPreconditioner());
    try (ImplicitSolution solution =
        problem.inner().solve(dual.passes, lam, dual.mirrored.start())) {
      solution.inner().orThrow();
      return Comparison.Found.of(problem.hypergradient(solution));
    }
  }
}
