package org.tacit.experiment;

import java.util.List;
import java.util.Map;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.config.Section;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.Unrolled;
import org.tacit.linsolve.Preconditioner;
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
    IMPLICIT_PROJECTED(Look.IMPLICIT),
    IMPLICIT_MIRRORED(Look.IMPLICIT_OTHERWISE),
    UNROLLED(Look.UNROLLED);

    private final Look look;

    Way(Look look) {
      this.look = look;
    }
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
        String name = words(method);
        int count = settings.integer(Section.label(method), 100, 1);
        Unrolled iterations = svm.iterations(method, count);
        for (Way way : settings.choices("derivatives", Way.class)) {
          String of = name + ", " + count + " iterations";
          Comparison.Curve curve = new Comparison.Curve(of, words(way), way.look);
          comparison.add(curve, features, svm.cost(setup, way, iterations), exact);
        }
      }
    }
    return comparison.to(new Findings());
  }

  private static String words(Enum<?> of) {
    return Section.label(of).replace('-', ' ');
  }

  Unrolled iterations(Method method, int count) {
    return switch (method) {
      case MIRROR_DESCENT -> Unrolled.of(dual.mirrored, count);
      case ACCELERATED_GRADIENT -> Unrolled.ofAccelerated(dual.projected, count);
      case BLOCK_DESCENT -> Unrolled.of(dual.mirrored.unknowns(), 1, dual.sweep::of, count);
    };
  }

  Cost<Comparison.Found> cost(Setup setup, Way way, Unrolled iterations) {
    Matrix start = dual.mirrored.start();
    return way == Way.UNROLLED
        ? setup.cost(() -> unrolled(start, iterations.withCheckpointInterval(1)))
        : setup.cost(() -> iterations.last(dual.passes, lam, start), x -> implicit(way, x));
  }

  private Comparison.Found unrolled(Matrix start, Unrolled all) {
    return Comparison.Found.of(projected().hypergradient(dual.passes, lam, start, all));
  }

  private Comparison.Found implicit(Way way, Matrix x) {
    BilevelProblem of = way == Way.IMPLICIT_PROJECTED ? projected() : mirrored(x);
    return Comparison.Found.of(of.hypergradient(dual.passes, lam, x));
  }

  private BilevelProblem projected() {
    return dual.validation(dual.projected, Preconditioner.none());
  }

  /**
   * Mirror descent's rows are as small as x: a diagonal that is so, too, down to 1e-3, undoes it.
   */
  private BilevelProblem mirrored(Matrix x) {
    Program diagonal = Program.of("d", dual.mirrored.kind().complementarity().orElseThrow().node());
    Matrix d = dual.passes.evaluate(diagonal, Map.of("x", x, "theta", lam)).get("d");
    return dual.validation(dual.mirrored, Preconditioner.diagonal(d.map(v -> Math.max(v, 1e-3))));
  }

  /** By the library's accelerated projected gradient. */
  private Comparison.Found exact() {
    BilevelProblem problem = projected();
    try (ImplicitSolution solution =
        problem.inner().solve(dual.passes, lam, dual.mirrored.start())) {
      solution.inner().orThrow();
      return Comparison.Found.of(problem.hypergradient(solution));
    }
  }
}
