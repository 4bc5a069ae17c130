package org.tacit.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tacit.autodiff.Vjp;
import org.tacit.job.LossKind;
import org.tacit.linsolve.LinearSolver;
import org.tacit.linsolve.Solution;
import org.tacit.matrix.Block;
import org.tacit.matrix.Column;
import org.tacit.matrix.Matrix;
import org.tacit.matrix.Schema;
import org.tacit.matrix.Storage;
import org.tacit.model.Average;
import org.tacit.model.PenalisedModel;
import org.tacit.model.PenaltyKind;
import org.tacit.model.PenaltyScope;
import org.tacit.operator.JacobianOperator;
import org.tacit.optimality.Condition;
import org.tacit.optimality.ReadyCondition;
import org.tacit.pass.InProcessTable;
import org.tacit.pass.Passes;
import org.tacit.program.Program;
import org.tacit.solver.Minimiser;
import org.tacit.solver.Stopping;

/**
 * The linear system behind a hypergradient: the Hessian of logistic regression on the 32,561 rows
 * of a9a at its solution, penalty 1e-6, and the gradient of the mean loss on every fourth row.
 */
final class AdultHessian {
  static final double PENALTY = 1e-6;

  private static final int FEATURES = 123;
  private static final Schema SCHEMA =
      Schema.of(
          new Schema.Field("features", FEATURES, Storage.CSR),
          new Schema.Field("label", 1, Storage.DENSE));

  private final JacobianOperator operator;
  private final Matrix rightSide;
  private final Passes passes;

  private AdultHessian(JacobianOperator operator, Matrix rightSide, Passes passes) {
    this.operator = operator;
    this.rightSide = rightSide;
    this.passes = passes;
  }

  /** Where the file is, in TACIT_DATA or where that is by default; empty when it is not there. */
  static Optional<Path> file() {
    return Optional.of(folder().resolve("a9a")).filter(Files::exists);
  }

  /** Where data are that are not in the repository. */
  static Path folder() {
    Path root = Path.of(System.getProperty("basedir", "integration-tests")).toAbsolutePath();
    String folder = System.getenv().getOrDefault("TACIT_DATA", "../shared/data");
    return root.getParent().resolve(folder);
  }

  static AdultHessian of(Path file) {
    List<String> rows = lines(file);
    List<String> validation = new ArrayList<>();
    for (int i = 2; i < rows.size(); i += 4) {
      validation.add(rows.get(i));
    }
    Passes passes =
        Passes.over(
            Map.of(
                PenalisedModel.TRAIN, InProcessTable.of(SCHEMA, block(rows)),
                PenalisedModel.VALIDATION, InProcessTable.of(SCHEMA, block(validation))));
    var form =
        new PenalisedModel.Form(
            LossKind.LOGISTIC.loss(),
            Average.MEAN,
            false,
            PenaltyKind.L2,
            PenaltyScope.ALL,
            List.of(),
            false);
    PenalisedModel model = PenalisedModel.of(form, SCHEMA, 1);
    Condition condition = model.inner();
    Matrix theta = Matrix.scalar(Math.log(PENALTY));
    Matrix x =
        Minimiser.newtonPolished()
            .solve(
                ReadyCondition.of(condition).at(passes, theta),
                Matrix.zeros(FEATURES, 1),
                Stopping.relative(1e-10, 1000))
            .orThrow();
    Map<String, Matrix> point = Map.of("x", x, "theta", theta);
    JacobianOperator hessian =
        JacobianOperator.of(condition.residual(), condition.x(), condition.structure())
            .at(passes, point);
    var outer = model.outer(LossKind.LOGISTIC.loss(), PenalisedModel.VALIDATION);
    var gradient = Vjp.gradient(outer, List.of(condition.x())).get(0);
    Matrix b = passes.evaluate(Program.of("b", gradient.node()), point).get("b");
    return new AdultHessian(hessian, b, passes);
  }

  private static List<String> lines(Path file) {
    try (var all = Files.lines(file)) {
      return all.filter(line -> !line.isBlank()).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Block block(List<String> rows) {
    int[] start = new int[rows.size() + 1];
    double[] labels = new double[rows.size()];
    List<Integer> index = new ArrayList<>();
    List<Double> value = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      List<String> cells = List.of(rows.get(i).trim().split("\\s+", -1));
      labels[i] = Double.parseDouble(cells.get(0));
      for (String cell : cells.subList(1, cells.size())) {
        int colon = cell.indexOf(':');
        index.add(Integer.parseInt(cell.substring(0, colon)) - 1);
        value.add(Double.parseDouble(cell.substring(colon + 1)));
      }
      start[i + 1] = index.size();
    }
    return new Block(
        labels.length,
        Column.sparse(
            FEATURES,
            start,
            index.stream().mapToInt(v -> v).toArray(),
            value.stream().mapToDouble(v -> v).toArray()),
        Column.dense(labels.length, 1, labels));
  }

  JacobianOperator operator() {
    return operator;
  }

  /** Solves the system, the preconditioner's passes included. */
  Solution solve(LinearSolver solver) {
    return solver.prepare(operator).solve(rightSide);
  }

  /** All passes so far. */
  long passes() {
    return passes.ledger().total();
  }
}
