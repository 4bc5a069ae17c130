package org.tacit.optimality;

import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.WeakHashMap;
import org.tacit.breeze.Eigenvalues;
import org.tacit.matrix.Matrix;
import org.tacit.operator.DenseOperator;
import org.tacit.operator.JacobianOperator;
import org.tacit.operator.Structure;
import org.tacit.pass.NotANumberException;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Var;
import org.tacit.program.Program;

/**
 * The largest absolute eigenvalue of a Hessian at a point x (at x + 1 where that is zero).
 *
 * <p>Where {@link org.tacit.operator.Cost} says that it is cheap, L is that of the whole matrix,
 * one product; elsewhere the largest of {@value #PROBES} power iterations of {@value #PRODUCTS}
 * products. Each is a pass; an estimate is remembered for the tables, the x and the theta it was
 * made for, and needs neither where the Hessian does not.
 */
final class LargestCurvature {
  private static final int PROBES = 4;
  private static final int PRODUCTS = 8;
  private static final int REMEMBERED = 8;

  private final JacobianOperator.Linearised hessian;
  private final int unknowns;
  private final List<String> tables;
  private final Map<Object, Deque<Estimate>> remembered = new WeakHashMap<>();

  private LargestCurvature(Var gradient, Var x) {
    this.hessian = JacobianOperator.of(gradient, x, Structure.SYMMETRIC);
    this.unknowns = x.shape().size();
    this.tables = List.copyOf(Program.of("gradient", gradient.node()).tables());
  }

  static LargestCurvature of(Var gradient, Var x) {
    return new LargestCurvature(gradient, x);
  }

  private record Estimate(List<WeakReference<Table>> of, List<Matrix> inputs, double eigenvalue) {
    @SuppressWarnings("ReferenceEquality")
    boolean isFor(List<Table> bound, List<Matrix> values) {
      for (int i = 0; i < bound.size(); i++) {
        if (of.get(i).get() != bound.get(i)) {
          return false;
        }
      }
      return inputs.equals(values);
    }
  }

  /** The eigenvalue; {@code inputs} holds x, then theta, where the Hessian reads them. */
  double of(Passes passes, List<Matrix> inputs, boolean readsX) {
    List<Table> bound = tables.stream().map(passes::table).toList();
    Optional<Estimate> known = known(passes, bound, inputs);
    if (known.isPresent()) {
      return known.get().eigenvalue();
    }
    double eigenvalue = estimated(passes, inputs, readsX);
    List<WeakReference<Table>> tablesOf = bound.stream().map(WeakReference::new).toList();
    remember(passes, new Estimate(tablesOf, inputs, eigenvalue));
    return eigenvalue;
  }

  private synchronized Optional<Estimate> known(
      Passes passes, List<Table> bound, List<Matrix> inputs) {
    return of(passes).stream().filter(estimate -> estimate.isFor(bound, inputs)).findFirst();
  }

  /** Not while a pass runs: other solves may have to come to theirs. */
  private synchronized void remember(Passes passes, Estimate estimate) {
    Deque<Estimate> estimates = of(passes);
    if (estimates.size() == REMEMBERED) {
      estimates.removeLast();
    }
    estimates.addFirst(estimate);
  }

  /** Each solve has its own, so that none depends on when another one knows. */
  private Deque<Estimate> of(Passes passes) {
    return remembered.computeIfAbsent(passes.work(), work -> new ArrayDeque<>());
  }

  private double estimated(Passes passes, List<Matrix> inputs, boolean readsX) {
    Matrix x = readsX ? inputs.get(0) : Matrix.zeros(unknowns, 1);
    Map<String, Matrix> point = new HashMap<>();
    if (inputs.size() > (readsX ? 1 : 0)) {
      point.put("theta", inputs.get(inputs.size() - 1));
    }
    double curvature = largest(passes, point, x);
    return curvature == 0 && readsX ? beside(passes, point, x) : curvature;
  }

  /** At x + 1, zero where that is no better. */
  private double beside(Passes passes, Map<String, Matrix> point, Matrix x) {
    try {
      double curvature = largest(passes, point, x.map(v -> v + 1));
      return Double.isFinite(curvature) ? curvature : 0;
    } catch (NotANumberException outside) {
      return 0;
    }
  }

  private double largest(Passes passes, Map<String, Matrix> rest, Matrix x) {
    Map<String, Matrix> point = new HashMap<>(rest);
    point.put("x", x);
    try (JacobianOperator at = hessian.at(passes, point)) {
      return at.cost().isCheapWhole() ? largestOf(DenseOperator.of(at).matrix()) : byPowers(at);
    }
  }

  private static double largestOf(Matrix whole) {
    return whole.isFinite() ? Eigenvalues.ofSymmetric(whole).maxAbs() : Double.POSITIVE_INFINITY;
  }

  private double byPowers(JacobianOperator at) {
    Random random = new Random(1);
    List<Matrix> vectors = new ArrayList<>();
    for (int k = 0; k < PROBES; k++) {
      vectors.add(Matrix.adopting(unknowns, 1, random.doubles(unknowns, -1, 1).toArray()));
    }
    double largest = 0;
    for (int product = 0; product < PRODUCTS; product++) {
      List<Matrix> units =
          vectors.stream().map(v -> v.norm() == 0 ? v : v.times(1 / v.norm())).toList();
      Matrix moved = at.apply(Matrix.beside(units));
      if (!moved.isFinite()) {
        return Double.POSITIVE_INFINITY;
      }
      for (int k = 0; k < PROBES; k++) {
        vectors.set(k, moved.columnAt(k));
        largest = Math.max(largest, vectors.get(k).norm());
      }
    }
    return largest;
  }
}
