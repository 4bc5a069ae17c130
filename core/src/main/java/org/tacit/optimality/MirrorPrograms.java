package org.tacit.optimality;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.tacit.matrix.Matrix;
import org.tacit.operator.ClosableOperator;
import org.tacit.operator.JacobianOperator;
import org.tacit.pass.Passes;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Program;
import org.tacit.program.Shape;

/** The programs of a mirror-descent fixed point. */
final class MirrorPrograms {
  private final Condition condition;
  private final JacobianOperator.Linearised jacobian;
  private final Program evaluation;
  private final Program step;

  MirrorPrograms(Condition condition, Mirror parts, JacobianOperator.Linearised jacobian) {
    this.condition = condition;
    this.jacobian = jacobian;
    Map<String, Node> outputs = new LinkedHashMap<>();
    outputs.put("residual", condition.residual().node());
    outputs.put("objective", parts.objective().node());
    outputs.put("gradient", parts.gradient().node());
    outputs.put("eta", parts.eta().node());
    this.evaluation = Program.of(outputs);
    Var gradient = Var.input("gradient", condition.x().shape());
    Var eta = Var.input("eta", Shape.SCALAR);
    this.step =
        Program.of("step", parts.map().of(condition.x(), gradient, eta, condition.theta()).node());
  }

  MirrorProblem at(Passes passes, Matrix theta) {
    return new At(passes, theta);
  }

  private final class At implements MirrorProblem {
    private final Passes passes;
    private final Matrix theta;
    private Optional<Point> last = Optional.empty();

    At(Passes passes, Matrix theta) {
      this.passes = passes;
      this.theta = theta;
    }

    @Override
    public int size() {
      return condition.unknowns();
    }

    @Override
    public Point at(Matrix x) {
      if (last.isEmpty() || !last.get().x().equals(x)) {
        Map<String, Matrix> now = passes.evaluate(evaluation, Map.of("x", x, "theta", theta));
        last =
            Optional.of(
                new Point(
                    x,
                    now.get("objective").value(),
                    now.get("gradient"),
                    now.get("residual"),
                    now.get("eta").value()));
      }
      return last.get();
    }

    @Override
    public Matrix step(Matrix x, Matrix gradient, double eta) {
      Map<String, Matrix> inputs =
          Map.of("x", x, "gradient", gradient, "eta", Matrix.scalar(eta), "theta", theta);
      return passes.evaluate(step, inputs).get("step");
    }

    @Override
    public ClosableOperator jacobian(Matrix x) {
      return jacobian.at(passes, Map.of("x", x, "theta", theta));
    }
  }
}
