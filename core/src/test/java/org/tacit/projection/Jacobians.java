package org.tacit.projection;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.OnDriver;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/** Whole Jacobians in the point of a case, by columns and by rows. */
public final class Jacobians {
  private Jacobians() {}

  /** Column j is the derivative along element j. */
  public static Matrix of(MapCase trial) {
    return columns(trial, (y, x, unit) -> Jvp.of(y, x, unit));
  }

  /** Column j is the gradient of element j: the transpose, for a value of the point's shape. */
  public static Matrix backward(MapCase trial) {
    return columns(trial, (y, x, unit) -> Vjp.of(List.of(y), List.of(x), List.of(unit)).get(0));
  }

  @FunctionalInterface
  private interface Derivative {
    Var of(Var y, Var x, Var unit);
  }

  private static Matrix columns(MapCase trial, Derivative derivative) {
    List<Var> vars = new ArrayList<>();
    Map<String, Matrix> inputs = new HashMap<>();
    for (Matrix argument : trial.arguments()) {
      String name = "x" + vars.size();
      inputs.put(name, argument);
      vars.add(Var.input(name, Shape.of(argument.rows(), argument.cols())));
    }
    Matrix x = trial.arguments().get(0);
    Var unit = Var.input("unit", Shape.of(x.rows(), x.cols()));
    Var along = derivative.of(trial.map().apply(vars), vars.get(0), unit).reshape(x.size(), 1);
    List<Matrix> columns = new ArrayList<>();
    for (int j = 0; j < x.size(); j++) {
      inputs.put("unit", Matrix.identity(x.size()).columnAt(j).reshape(x.rows(), x.cols()));
      columns.add(OnDriver.value(along, inputs));
    }
    return Matrix.beside(columns);
  }
}
