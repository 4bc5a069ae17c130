package org.tacit.job;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.bilevel.BilevelProblem;
import org.tacit.data.Parts;
import org.tacit.implicit.ImplicitFunction;
import org.tacit.implicit.ImplicitSolution;
import org.tacit.implicit.SolutionMap;
import org.tacit.linsolve.Nearby;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.model.ColumnMoments;
import org.tacit.model.Model;
import org.tacit.pass.Journal;
import org.tacit.pass.Passes;
import org.tacit.primitive.Rows;
import org.tacit.primitive.Var;
import org.tacit.program.Program;
import org.tacit.solver.ResidualScale;
import org.tacit.solver.Stopping;
import org.tacit.sweep.CrossValidation;
import org.tacit.sweep.Folds;
import org.tacit.sweep.Reserve;

/**
 * One configuration made ready to run: its model on its tables, with the passes counted.
 *
 * @param moments of the training rows
 * @param theta the configured log penalties, one for each of the model's
 * @param solutions the coefficients, then the intercepts, as functions of theta
 */
record Workspace(
    Settings settings,
    Parts data,
    ColumnMoments moments,
    Model model,
    Passes passes,
    ImplicitFunction inner,
    SolutionMap solutions,
    Matrix theta) {
  /** The name the test rows are bound to. */
  static final String TEST = "test";

  /** What results call the rows that folds hold out. */
  static final String FOLDS = "folds";

  static Workspace of(Settings settings, Parts data, List<Journal> journals) {
    Passes passes = Passes.over(data.byName());
    for (Journal journal : journals) {
      passes = passes.telling(journal);
    }
    return of(settings, data, passes);
  }

  private static Workspace of(Settings settings, Parts data, Passes passes) {
    Schema schema = data.train().schema();
    Model stated = settings.model(schema, data.featureNames(), data.classes());
    Matrix theta = settings.places().placed(() -> stated.theta(settings.theta()));
    ColumnMoments moments = ColumnMoments.of(passes, new Rows(Model.TRAIN, schema));
    double origin = LabelOrigin.of(settings, data);
    Model model = settings.places().placed(() -> stated.in(moments, theta, origin));
    ImplicitFunction inner =
        ImplicitFunction.of(
            model.inner(),
            settings.inner().method().solver(),
            settings.linear().solver(settings.linear().tolerance()),
            Stopping.relative(settings.inner().tolerance(), settings.inner().maxIterations()));
    SolutionMap solutions = SolutionMap.of(inner, (x, t) -> model.solution());
    Workspace workspace =
        new Workspace(settings, data, moments, model, passes, inner, solutions, theta);
    OuterRows rows = new OuterRows(workspace);
    model
        .tuned()
        .forEach(
            tuned ->
                tuned
                    .groups()
                    .ifPresent(
                        keys -> rows.requireGroups(keys, "model." + tuned.key(), Model.TRAIN)));
    rows.requireNeeded();
    OverflowReport.refuse(workspace);
    return workspace;
  }

  /** The same, of whose passes this journal is told, too. */
  Workspace telling(Journal journal) {
    return new Workspace(
        settings, data, moments, model, passes.telling(journal), inner, solutions, theta);
  }

  /** What each theta weighs, in the order of theta. */
  List<String> thetaNames() {
    return model.thetaNames();
  }

  /**
   * The outer problem: the validation loss at the inner solution, or the mean loss of the folds at
   * theirs, whose counts take a pass.
   */
  BilevelProblem outer() {
    return isFolded() ? problem(crossValidation()) : BilevelProblem.of(inner, validationLoss());
  }

  /** The mean loss of the folds, whose counts take a pass. */
  CrossValidation crossValidation() {
    return CrossValidation.of(model, settings.outer().loss(), folds(), passes);
  }

  /** The same, whose losses are on the rows that are not reserved. */
  CrossValidation crossValidation(Reserve reserve) {
    return CrossValidation.of(model, settings.outer().loss(), folds(), reserve, passes);
  }

  /** Its outer problem. */
  BilevelProblem problem(CrossValidation folds) {
    return folds.problem(
        settings.inner().method().solver(),
        settings.linear().solver(settings.linear().tolerance()),
        inner.stopping());
  }

  /** The outer loss of the validation rows. */
  Var validationLoss() {
    return model.outer(settings.outer().loss(), Model.VALIDATION);
  }

  boolean isFolded() {
    return settings.folds().isPresent();
  }

  /** The folds of the training rows. */
  Folds folds() {
    return settings.folds().orElseThrow().of(data.names(), settings.places());
  }

  /** The part that thetas are judged by. */
  String heldOut() {
    return isFolded() ? FOLDS : Model.VALIDATION;
  }

  /** What it is judged by is called. */
  String heldOutLoss() {
    return isFolded() ? "mean fold loss" : "validation loss";
  }

  /** The coefficients feature by feature, then the intercepts, that unknowns stand for. */
  Matrix solution(Matrix at, Matrix x) {
    return x.isFinite() ? valueAt(model.solution(), at, x) : x;
  }

  /** The coefficients alone. */
  Matrix coefficients(Matrix at, Matrix x) {
    return Matrix.column(Arrays.copyOf(solution(at, x).toArray(), model.layout().coefficients()));
  }

  /** The inner objective, penalties and all. */
  double objective(Matrix at, Matrix x) {
    return valueAt(model.objective(), at, x).value();
  }

  private Matrix valueAt(Var value, Matrix at, Matrix x) {
    return value("inner", value, Map.of("x", x, "theta", at));
  }

  /** What is done from now on is this stage of the job. */
  void begin(String stage, int fits) {
    passes.tell(journal -> journal.stageBegan(stage, fits));
  }

  /** A value in a pass that is counted under {@code phase}. */
  Matrix value(String phase, Var value, Map<String, Matrix> inputs) {
    return passes.in(phase).evaluate(Program.of("value", value.node()), inputs).get("value");
  }

  /** Solves the inner problem at theta from zeros. */
  ImplicitSolution solve(Matrix at) {
    return inner.solve(passes, at);
  }

  /** Solves the inner problem at theta from {@code start}, as exactly as from zeros. */
  ImplicitSolution solve(Matrix at, Matrix start) {
    ResidualScale reference = inner.reference(passes, at, Matrix.zeros(start.rows(), 1));
    var from = new ImplicitFunction.From(start, Nearby.NOTHING, Optional.of(reference));
    return inner.solve(passes, at, from, inner.stopping());
  }
}
