package org.tacit.solver;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tacit.breeze.Factorisation;
import org.tacit.matrix.Matrix;
import org.tacit.optimality.Cone;
import org.tacit.optimality.ConicResidual;
import org.tacit.optimality.Kkt;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;

/** Programs with constraints, whose objectives are sums over 90 rows. */
final class ProgramProblems {
  private static final SampleRows SAMPLE = SampleRows.smooth();
  private static final Rows ROWS = SAMPLE.symbols();
  private static final Matrix X = SAMPLE.column("features");
  private static final int N = X.rows();
  private static final int P = X.cols();
  private static final Matrix GRAM = X.transpose().times(X).times(1.0 / N);
  private static final Matrix TARGET = X.transpose().times(SAMPLE.column("label")).times(1.0 / N);

  private ProgramProblems() {}

  static Map<String, SolverProblem> all() {
    return Map.of(
        "equality qp", equalities(),
        "qp", quadratic(),
        "ball", ball(),
        "cone", cone());
  }

  static Kkt<Var, Var> kkt(SolverProblem problem) {
    @SuppressWarnings("unchecked")
    Kkt<Var, Var> kkt = (Kkt<Var, Var>) problem.condition();
    return kkt;
  }

  private static Var element(Var v, int i) {
    return v.slice(Side.ROWS, i, i + 1);
  }

  /** 1/2 mean (x z - y)^2 + t_0 z_0 subject to sum z = t_1. */
  private static Kkt<Var, Var> shares(int parameters) {
    return Kkt.of(
            Parameters.vector(P),
            Parameters.vector(parameters),
            (Var z, Var t) ->
                ROWS.features()
                    .matmul(z)
                    .minus(ROWS.label())
                    .square()
                    .meanRows()
                    .times(0.5)
                    .plus(element(t, 0).times(element(z, 0))))
        .withEqualities((z, t) -> z.sum().minus(element(t, 1)));
  }

  private static SolverProblem of(
      SolverProblem.Kind kind, Kkt<Var, Var> kkt, Matrix theta, Reference reference) {
    Matrix start = Matrix.zeros(kkt.unknowns(), 1);
    return new SolverProblem(kind, SAMPLE, List.of(kkt), theta, start, reference);
  }

  private static SolverProblem equalities() {
    return of(
        SolverProblem.Kind.EQUALITIES,
        shares(2),
        Matrix.column(0.2, 1),
        Reference.of(t -> atActive(t, new int[0])));
  }

  /** And z >= 0, z_0 <= t_2. */
  private static SolverProblem quadratic() {
    Kkt<Var, Var> kkt =
        shares(3)
            .withInequalities((z, t) -> z.negate())
            .withInequalities((z, t) -> element(z, 0).minus(element(t, 2)));
    return of(
        SolverProblem.Kind.QUADRATIC,
        kkt,
        Matrix.column(0.2, 1, 0.5),
        Reference.of(ProgramProblems::quadraticSolution));
  }

  /** The gradient of inequality i, and its right side. */
  private static double slope(int i, int j) {
    return i < P ? (i == j ? -1 : 0) : j == 0 ? 1 : 0;
  }

  private static double right(int i, Matrix t) {
    return i < P ? 0 : t.at(2);
  }

  /** [z; nu; lam of the active] with these inequalities as equalities. */
  private static Matrix atActive(Matrix t, int[] active) {
    int size = P + 1 + active.length;
    double[] system = new double[size * size];
    double[] sides = new double[size];
    for (int i = 0; i < P; i++) {
      for (int j = 0; j < P; j++) {
        system[i * size + j] = GRAM.at(i, j);
      }
      system[i * size + P] = 1;
      system[P * size + i] = 1;
      sides[i] = TARGET.at(i) - (i == 0 ? t.at(0) : 0);
    }
    sides[P] = t.at(1);
    for (int k = 0; k < active.length; k++) {
      int row = P + 1 + k;
      for (int j = 0; j < P; j++) {
        system[row * size + j] = slope(active[k], j);
        system[j * size + row] = slope(active[k], j);
      }
      sides[row] = right(active[k], t);
    }
    return Factorisation.lu(Matrix.adopting(size, size, system)).solve(Matrix.column(sides));
  }

  /** Of all sets of inequalities, that which is feasible with multipliers above zero. */
  private static Matrix quadraticSolution(Matrix t) {
    int inequalities = P + 1;
    List<Matrix> found = new ArrayList<>();
    for (int set = 0; set < 1 << inequalities; set++) {
      int chosen = set;
      int[] active =
          IntStream.range(0, inequalities).filter(i -> ((chosen >> i) & 1) == 1).toArray();
      // z_0 cannot be at both its bounds, and some z must be above zero.
      boolean isAtBothBounds = (set & 1) == 1 && set >> P == 1;
      boolean isRegular = !isAtBothBounds && active.length < P;
      if (isRegular) {
        Matrix at = atActive(t, active);
        double[] x = new double[P + 1 + inequalities];
        System.arraycopy(at.toArray(), 0, x, 0, P + 1);
        for (int k = 0; k < active.length; k++) {
          x[P + 1 + active[k]] = at.at(P + 1 + k);
        }
        if (isOptimal(x, t)) {
          found.add(Matrix.column(x));
        }
      }
    }
    if (found.size() != 1) {
      throw new IllegalStateException("Invalid program: " + found.size() + " optimal sets");
    }
    return found.get(0);
  }

  private static boolean isOptimal(double[] x, Matrix t) {
    for (int i = 0; i <= P; i++) {
      double slack = i < P ? x[i] : right(i, t) - x[0];
      double multiplier = x[P + 1 + i];
      if (slack < -1e-12 || multiplier < 0) {
        return false;
      }
    }
    return true;
  }

  /** 1/2 mean (x z - y)^2 subject to |z|^2 <= t: (H + 2 lam I) z = b, and |z|^2 falls in lam. */
  private static SolverProblem ball() {
    Kkt<Var, Var> kkt =
        Kkt.of(
                Parameters.vector(P),
                Parameters.vector(1),
                (Var z, Var t) ->
                    ROWS.features().matmul(z).minus(ROWS.label()).square().meanRows().times(0.5))
            .withInequalities((z, t) -> z.square().sum().minus(t));
    return of(
        SolverProblem.Kind.CONVEX,
        kkt,
        Matrix.scalar(0.25),
        Reference.of(
            t -> {
              double lam = PlainSteps.bisect(0, 100, l -> shrunk(l).dot(shrunk(l)) - t.value());
              return Matrix.beside(List.of(shrunk(lam).transpose(), Matrix.scalar(lam)))
                  .transpose();
            }));
  }

  private static Matrix shrunk(double lam) {
    return Factorisation.lu(GRAM.plus(2 * lam, Matrix.identity(P))).solve(TARGET);
  }

  /**
   * c'z, c being the mean of three features, over |z - b| <= r, theta = [r; b]: at b - r c / |c|,
   * where y = (|c|, c) and s = (r, z - b).
   */
  /** Means of features, so written that rows are read with theta and not once a table. */
  private static Var cost(Var scale) {
    Var means = ROWS.features().times(scale).meanRows().divide(scale);
    return means.transpose().slice(Side.ROWS, 0, 3);
  }

  private static SolverProblem cone() {
    double[] e = new double[12];
    for (int i = 0; i < 3; i++) {
      e[(i + 1) * 3 + i] = -1;
    }
    ConicResidual condition =
        ConicResidual.of(
            Cone.secondOrder(4),
            Parameters.vector(4),
            t ->
                new ConicResidual.Data(
                    Var.constant(Matrix.adopting(4, 3, e)),
                    Var.concatenate(Side.ROWS, element(t, 0), t.slice(Side.ROWS, 1, 4).negate()),
                    cost(element(t, 0))));
    return new SolverProblem(
        SolverProblem.Kind.CONE,
        SAMPLE,
        List.of(condition),
        Matrix.column(1.7, 0.3, 0.2, -1),
        Matrix.zeros(7, 1),
        Reference.of(ProgramProblems::coneSolution));
  }

  private static Matrix coneSolution(Matrix t) {
    Matrix ones = Matrix.filled(1, N, 1.0 / N);
    Matrix c = ones.times(X).columns(0, 3).transpose();
    double norm = c.norm();
    double[] x = new double[7];
    x[3] = norm - t.at(0);
    for (int i = 0; i < 3; i++) {
      double fromCentre = -t.at(0) * c.at(i) / norm;
      x[i] = t.at(i + 1) + fromCentre;
      x[4 + i] = c.at(i) - fromCentre;
    }
    return Matrix.column(x);
  }
}
