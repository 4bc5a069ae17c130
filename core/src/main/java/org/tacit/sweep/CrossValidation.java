package org.tacit.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tacit.autodiff.Restriction;
import org.tacit.autodiff.Substitution;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.linsolve.LinearSolver;
import org.tacit.loss.OuterLoss;
import org.tacit.matrix.Matrix;
import org.tacit.model.Model;
import org.tacit.operator.Structure;
import org.tacit.optimality.Composite;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ProximalGradient;
import org.tacit.optimality.Root;
import org.tacit.optimality.Stationarity;
import org.tacit.pass.Passes;
import org.tacit.primitive.Parameters;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Side;
import org.tacit.primitive.Var;
import org.tacit.solver.Solver;
import org.tacit.solver.Stopping;

/**
 * The cross-validated loss as an outer problem, whose hypergradient is in all thetas:
 *
 * <pre>
 *   J(theta) = 1/K sum_k L_k(x_k(theta), theta),    F_k(x_k, theta) = 0
 *   dJ/dtheta = 1/K sum_k (d2 L_k + B_k' u_k),      A_k' u_k = -d1 L_k
 * </pre>
 *
 * <p>F_k is the condition on the rows that fold k keeps, L_k the loss on those that it holds out.
 * The unknowns are x_1 to x_K one after another, K p x 1, so that A is block-diagonal and every
 * evaluation, product and adjoint system of all folds is that of one condition, in the passes of
 * one. The minimiser of a sum where F_k are gradients; a composite where they are composites. With
 * a {@link Reserve} L_k is the loss on those rows of fold k that are not in it.
 *
 * <p>Cost in passes: those of one inner solve and one adjoint system, whatever K is; the folds'
 * counts once, and with a reserve those of its rows and of the others. The K products of a pass
 * with the rows are one with K columns, which reads them once; iterations for the K adjoint systems
 * are those of the slowest of them ({@link org.tacit.operator.LinearOperator#blocks}).
 */
public final class CrossValidation {
  private final Condition condition;
  private final List<Var> losses;
  private final List<Var> reserved;

  private CrossValidation(Condition condition, List<Var> losses, List<Var> reserved) {
    this.condition = condition;
    this.losses = List.copyOf(losses);
    this.reserved = List.copyOf(reserved);
  }

  /** Of a model and an outer loss, on the rows that the passes bind to {@link Model#TRAIN}. */
  public static CrossValidation of(Model model, OuterLoss loss, Folds folds, Passes passes) {
    return of(Swept.of(model, List.of(loss)), folds, passes, Optional.empty());
  }

  /** The same, whose losses are on the rows that are not reserved. */
  public static CrossValidation of(
      Model model, OuterLoss loss, Folds folds, Reserve reserve, Passes passes) {
    return of(Swept.of(model, List.of(loss)), folds, passes, Optional.of(reserve));
  }

  /** Of any condition and a loss in its symbols, 1 x 1, both written on {@code rows}. */
  public static CrossValidation of(
      Condition condition, Rows rows, Var loss, Folds folds, Passes passes) {
    return of(
        Swept.of(new Subject(rows, condition, Map.of("loss", loss))),
        folds,
        passes,
        Optional.empty());
  }

  private static CrossValidation of(
      Swept swept, Folds folds, Passes passes, Optional<Reserve> reserve) {
    FoldedRows rows = swept.rows(passes, folds);
    List<Subject> subjects = swept.byFold(passes, rows, folds);
    FoldedRows judging = reserve.map(some -> swept.rows(passes, folds.without(some))).orElse(rows);
    List<Part> parts = parts(subjects, rows, judging);
    Condition stacked = stacked(parts);
    List<Var> reserved =
        reserve
            .map(
                some ->
                    losses(parts(subjects, rows, swept.rows(passes, folds.within(some))), stacked))
            .orElse(List.of());
    return new CrossValidation(stacked, losses(parts, stacked), reserved);
  }

  /** Each fold's condition on the rows it keeps, with its loss on those that others hold out. */
  private static List<Part> parts(List<Subject> subjects, FoldedRows fitted, FoldedRows judging) {
    return IntStream.range(0, subjects.size() - 1)
        .mapToObj(k -> Part.of(subjects.get(1 + k), fitted.kept(k), judging.heldOut(k), k))
        .toList();
  }

  private static List<Var> losses(List<Part> parts, Condition stacked) {
    return parts.stream().map(part -> part.at(part.loss, stacked.x(), stacked.theta())).toList();
  }

  /** One fold's condition and loss, on the rows that they are of. */
  private record Part(int number, Condition condition, Var loss) {
    static Part of(Subject subject, Restriction kept, Restriction heldOut, int number) {
      Var loss = subject.losses().values().iterator().next();
      return new Part(number, subject.condition().rewritten(kept), heldOut.apply(loss));
    }

    Var own(Var all) {
      int p = condition.unknowns();
      return all.slice(Side.ROWS, number * p, (number + 1) * p);
    }

    /** A value in the condition's symbols, at this fold's part of all unknowns. */
    Var at(Var value, Var all, Var theta) {
      return Substitution.in(value, Map.of(condition.x(), own(all), condition.theta(), theta));
    }
  }

  private static Condition stacked(List<Part> parts) {
    Condition first = parts.get(0).condition;
    int unknowns = parts.size() * first.unknowns();
    Structure structure = first.structure();
    Optional<Composite> composite = first.as(Composite.class);
    if (composite.isPresent()) {
      return composite(parts, unknowns, composite.get().curvature());
    }
    if (first.as(Condition.Gradient.class).isPresent()) {
      Parameters<Var> x = Parameters.vector(unknowns);
      Parameters<Var> theta = Parameters.vector(first.parameters());
      return structure == Structure.POSITIVE_DEFINITE
          ? Stationarity.ofStronglyConvex(x, theta, (v, t) -> objective(parts, v, t))
          : Stationarity.of(x, theta, (v, t) -> objective(parts, v, t));
    }
    return Root.of(
        Parameters.vector(unknowns),
        Parameters.vector(first.parameters()),
        structure,
        (v, t) ->
            Var.concatenate(
                Side.ROWS,
                parts.stream().map(part -> part.at(part.condition.residual(), v, t)).toList()));
  }

  private static Var objective(List<Part> parts, Var x, Var theta) {
    return parts.stream()
        .map(part -> part.at(part.condition.kind().objective().orElseThrow(), x, theta))
        .reduce(Var::plus)
        .orElseThrow();
  }

  private static Condition composite(List<Part> parts, int unknowns, Structure curvature) {
    ProximalGradient.Smooth smooth =
        (x, theta) ->
            parts.stream()
                .map(part -> part.at(kind(part).smooth(), x, theta))
                .reduce(Var::plus)
                .orElseThrow();
    ProximalGradient.ProximalMap prox =
        (point, theta, eta) -> {
          List<Var> mapped = new ArrayList<>();
          parts.forEach(part -> mapped.add(kind(part).prox().of(part.own(point), theta, eta)));
          return Var.concatenate(Side.ROWS, mapped);
        };
    int parameters = parts.get(0).condition.parameters();
    return curvature == Structure.POSITIVE_DEFINITE
        ? ProximalGradient.ofConvex(unknowns, parameters, smooth, prox)
        : ProximalGradient.of(unknowns, parameters, smooth, prox);
  }

  private static Composite kind(Part part) {
    return part.condition.as(Composite.class).orElseThrow();
  }

  /** F_1 to F_K one after another. */
  public Condition condition() {
    return condition;
  }

  /** J, 1 x 1, in the condition's symbols. */
  public Var objective() {
    return mean(losses);
  }

  /**
   * The same mean on the rows that are reserved, each fold's by the model without that fold; there
   * is none where none are.
   */
  public Optional<Var> reserved() {
    return reserved.isEmpty() ? Optional.empty() : Optional.of(mean(reserved));
  }

  private static Var mean(List<Var> losses) {
    return losses.stream().reduce(Var::plus).orElseThrow().divide(losses.size());
  }

  /** L_1 to L_K, 1 x 1 each, in the condition's symbols. */
  List<Var> losses() {
    return losses;
  }

  /** x_k out of all unknowns. */
  public Matrix ofFold(int fold, Matrix x) {
    int p = x.rows() / losses.size();
    return x.rows(fold * p, (fold + 1) * p);
  }

  /** The outer problem, its folds solved together by these methods. */
  public BilevelProblem problem(Solver solver, LinearSolver linearSolver, Stopping stopping) {
    return BilevelProblem.of(
        ImplicitFunction.of(condition, solver, linearSolver, stopping), objective());
  }

  /** The same by methods that are chosen, to a relative residual of 1e-10. */
  public BilevelProblem problem() {
    return BilevelProblem.of(ImplicitFunction.of(condition), objective());
  }
}
