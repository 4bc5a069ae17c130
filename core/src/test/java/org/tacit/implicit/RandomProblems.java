package org.tacit.implicit;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Outcome;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.operator.RandomMatrix;
import org.tacit.operator.Structure;
import org.tacit.optimality.Composite;
import org.tacit.optimality.Condition;
import org.tacit.optimality.Kkt;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.pass.Table;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.projection.Projection;
import org.tacit.projection.Prox;
import org.tacit.solver.CompositeMinimiser;
import org.tacit.solver.ConstrainedMinimiser;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/**
 * A family of small bilevel problems: the loss on 12 held rows of a model on 30 rows, features of
 * scales 1 to 1/100 and a third of them of no use, in log penalties.
 *
 * @param early a solver that stops near a loose tolerance
 * @param late one that reaches tight ones
 */
record RandomProblems(String name, Condition condition, Var outer, Solver early, Solver late) {
  private static final int P = 10;
  private static final int ROWS = 30;
  private static final int HELD_ROWS = 12;
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", P, Storage.DENSE),
          new Schema.Field("label", 1, Storage.DENSE));
  private static final Rows TRAIN = new Rows("train", SCHEMA);
  private static final Rows HELD = new Rows("held", SCHEMA);

  static List<RandomProblems> all() {
    return List.of(ridge(), logistic(), lasso(), elasticNet(), box(), quadraticProgram());
  }

  private static Var squares(Rows rows, Var w) {
    return rows.features().matmul(w).minus(rows.label()).square().meanRows().times(0.5);
  }

  private static Var logLoss(Rows rows, Var w) {
    return rows.features().matmul(w).times(rows.label().sign()).negate().softplus().meanRows();
  }

  private static Var penalty(Var w, Var theta) {
    return theta.exp().times(w.square()).sum().times(0.5);
  }

  private static RandomProblems smooth(String name, Condition condition, Var outer) {
    return new RandomProblems(
        name, condition, outer, Minimiser.lbfgs(), Minimiser.newtonPolished());
  }

  private static RandomProblems sparse(String name, Condition condition, Var outer) {
    return new RandomProblems(
        name, condition, outer, CompositeMinimiser.fista(), CompositeMinimiser.proximalNewton());
  }

  private static RandomProblems ridge() {
    Condition ridge =
        Stationarity.ofStronglyConvex(
            Parameters.vector(P),
            Parameters.vector(P),
            (w, theta) -> squares(TRAIN, w).plus(penalty(w, theta)));
    return smooth("ridge", ridge, squares(HELD, ridge.x()));
  }

  private static RandomProblems logistic() {
    Condition logistic =
        Stationarity.ofStronglyConvex(
            Parameters.vector(P),
            Parameters.vector(P),
            (w, theta) -> logLoss(TRAIN, w).plus(penalty(w, theta)));
    return smooth("logistic", logistic, logLoss(HELD, logistic.x()));
  }

  private static RandomProblems lasso() {
    Condition lasso =
        ProximalGradient.ofConvex(
            P,
            P,
            (w, theta) -> squares(TRAIN, w),
            (point, theta, step) -> Prox.lasso(theta.exp()).of(point, step));
    return sparse("lasso", lasso, squares(HELD, lasso.x()));
  }

  private static RandomProblems elasticNet() {
    Condition net =
        ProximalGradient.ofConvex(
            P,
            P,
            (w, theta) -> logLoss(TRAIN, w),
            (point, theta, step) ->
                Prox.elasticNet(theta.exp(), Var.constant(0.5)).of(point, step));
    return sparse("elastic net", net, logLoss(HELD, net.x()));
  }

  private static RandomProblems box() {
    Condition box =
        ProximalGradient.onSet(
            P,
            P,
            (w, theta) -> squares(TRAIN, w).plus(w.square().sum().times(0.01)),
            theta -> Projection.ontoBox(theta.exp().negate(), theta.exp()));
    return sparse("box", box, squares(HELD, box.x()));
  }

  /** The same box and a plane, with multipliers. */
  private static RandomProblems quadraticProgram() {
    Kkt<Var, Var> kkt =
        Kkt.of(
                Parameters.vector(P),
                Parameters.vector(P),
                (Var w, Var theta) -> squares(TRAIN, w).plus(w.square().sum().times(0.01)))
            .withEqualities((w, theta) -> w.sum().minus(0.1))
            .withInequalities(
                (w, theta) ->
                    Var.concatenate(
                        Side.ROWS, w.minus(theta.exp()), w.negate().minus(theta.exp())));
    Solver solver = ConstrainedMinimiser.interiorPoint();
    return new RandomProblems("QP", kkt, squares(HELD, kkt.primal(kkt.x())), solver, solver);
  }

  /** One problem of the family, with the tolerances it is solved to. */
  Drawn draw(long seed) {
    Random random = new Random(seed);
    Matrix scales =
        RandomMatrix.normal(P, 1, random).map(v -> Math.pow(10, -2 * random.nextDouble()));
    Matrix truth = RandomMatrix.normal(P, 1, random).map(v -> random.nextInt(3) == 0 ? 0 : v);
    Passes passes =
        Passes.over(
            Map.of(
                "train", table(ROWS, scales, truth, random),
                "held", table(HELD_ROWS, scales, truth, random)));
    Matrix theta = scales.map(v -> -7 + 6 * random.nextDouble());
    double inner = Math.pow(10, -2 - 10 * random.nextDouble());
    double linear = Math.pow(10, -2 - 10 * random.nextDouble());
    return new Drawn(passes, theta, inner, linear, random.nextBoolean(), random.nextBoolean());
  }

  private static Table table(int rows, Matrix scales, Matrix truth, Random random) {
    Matrix x = RandomMatrix.normal(rows, P, random);
    double[] features = x.toArray();
    for (int i = 0; i < features.length; i++) {
      features[i] *= scales.at(i % P);
    }
    Matrix label = x.times(truth).plus(0.5, RandomMatrix.normal(rows, 1, random));
    Matrix data = Matrix.beside(List.of(Matrix.adopting(rows, P, features), label));
    return InProcessTable.of(SCHEMA, data, 1, rows);
  }

  /**
   * A problem's data and tolerances; {@code isDirect} asks for a direct linear solver, {@code
   * isMoved} for a solution moved off the true one instead of a solver's.
   */
  record Drawn(
      Passes passes, Matrix theta, double inner, double linear, boolean isDirect, boolean isMoved) {
    Stopping stopping() {
      return Stopping.relative(inner, 20_000);
    }
  }

  /** Functions and the bilevel problem, derived once for all draws. */
  Derived derived() {
    Stopping exact = Stopping.relative(1e-13, 20_000);
    ImplicitFunction slow = ImplicitFunction.of(condition, early, LinearSolver.auto(1e-10), exact);
    ImplicitFunction fast = ImplicitFunction.of(condition, late, LinearSolver.auto(1e-10), exact);
    return new Derived(slow, fast, BilevelProblem.of(fast, outer));
  }

  record Derived(ImplicitFunction early, ImplicitFunction late, BilevelProblem problem) {
    private ImplicitFunction functionOf(Drawn drawn) {
      return (drawn.inner() > 1e-6 ? early : late).with(linearSolver(drawn));
    }

    /** A solution at the tolerance that was drawn: of a solver, or near the true one. */
    ImplicitSolution approximate(Drawn drawn, Matrix truth) {
      ImplicitFunction function = functionOf(drawn);
      Passes passes = drawn.passes();
      Matrix theta = drawn.theta();
      if (!drawn.isMoved()) {
        Matrix zeros = Matrix.zeros(truth.rows(), 1);
        return function.solve(passes, theta, zeros, drawn.stopping());
      }
      Random random = new Random(Double.doubleToLongBits(drawn.inner()));
      Matrix direction = RandomMatrix.normal(truth.rows(), 1, random);
      Matrix x = truth.plus(drawn.inner() * truth.norm() / direction.norm(), direction);
      double residual = function.residualNorm(passes, theta, x);
      Solution moved =
          new Solution(x, Outcome.CONVERGED, "moved", 0, residual, 0, OptionalDouble.empty());
      return function.at(passes, theta, moved);
    }

    private LinearSolver linearSolver(Drawn drawn) {
      boolean isKkt = late.condition().kind().complementarity().isPresent();
      boolean isComposite = late.condition().as(Composite.class).isPresent();
      LinearSolver cg = LinearSolver.conjugateGradient(drawn.linear(), 1000);
      if (drawn.isDirect()) {
        return LinearSolver.auto(1e-10);
      } else if (isKkt) {
        return LinearSolver.gmres(drawn.linear(), 1000);
      } else if (isComposite) {
        boolean isConvex =
            late.condition().as(Composite.class).orElseThrow().curvature()
                == Structure.POSITIVE_DEFINITE;
        return LinearSolver.restricted(isConvex ? cg : LinearSolver.minres(drawn.linear(), 1000));
      }
      return cg;
    }
  }
}
