package org.tacit.implicit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.tacit.autodiff.Jvp;
import org.tacit.autodiff.Substitution;
import org.tacit.autodiff.Transposed;
import org.tacit.primitive.Var;
import org.tacit.program.Axis;
import org.tacit.program.Shape;

/**
 * F(z, a_1, ..., a_m), every row by itself, written on symbols.
 *
 * @param f rows x k
 * @param symbols z, rows x k, then what else F reads, by rows or replicated
 */
record RowEquation(Var f, List<Var> symbols) {
  /** F on symbols of the shapes of {@code start}, stretched over the rows, and the inputs. */
  static RowEquation of(Var start, List<Var> inputs, RowRoot.Equation equation) {
    Axis rows =
        inputs.stream()
            .map(Var::shape)
            .filter(Shape::isSharded)
            .map(Shape::rows)
            .findFirst()
            .orElse(start.shape().rows());
    List<Var> symbols = new ArrayList<>();
    symbols.add(symbol("root", new Shape(rows, start.shape().cols())));
    for (Var input : inputs) {
      symbols.add(symbol("value " + symbols.size() + " of a row root", input.shape()));
    }
    Var z = symbols.get(0);
    Var f = equation.of(z, symbols.subList(1, symbols.size()));
    if (!f.shape().equals(z.shape())) {
      throw new IllegalArgumentException(
          "Invalid equation of a row: %s (must be %s, one equation for each unknown)"
              .formatted(f.shape(), z.shape()));
    }
    return new RowEquation(f, symbols);
  }

  private static Var symbol(String name, Shape shape) {
    return shape.isSharded()
        ? Var.column(shape.table(), name, shape.width())
        : Var.input(name, shape);
  }

  Var unknowns() {
    return symbols.get(0);
  }

  boolean hasKinks() {
    return !KinkSites.in(List.of(f), symbols).isEmpty();
  }

  /** Values of these symbols, as a program of tiles. */
  RowProgram program(Var... outputs) {
    return RowProgram.of(
        symbols.stream().map(Var::node).toList(), Stream.of(outputs).map(Var::node).toList());
  }

  /** What a primitive with this equation is applied to: the start of every row, then the inputs. */
  List<Var> arguments(Var start, List<Var> inputs) {
    List<Var> all = new ArrayList<>(List.of(start.broadcastTo(unknowns().shape())));
    all.addAll(inputs);
    return all;
  }

  /** What the symbols stand for: {@code z}, then the inputs but for the first. */
  Map<Var, Var> values(List<Var> inputs, Var z) {
    Map<Var, Var> values = new LinkedHashMap<>();
    values.put(unknowns(), z);
    for (int i = 1; i < inputs.size(); i++) {
      values.put(symbols.get(i), inputs.get(i));
    }
    return values;
  }

  /** dF at z, when z stays and the inputs but for the first move along their tangents. */
  Var moved(List<Var> inputs, Var z, List<Var> tangents) {
    Map<Var, Var> moving = new LinkedHashMap<>();
    Map<Var, Var> values = values(inputs, z);
    for (int i = 1; i < inputs.size(); i++) {
      if (!tangents.get(i).isZero()) {
        Var tangent = symbol("tangent of value " + i + " of a row root", symbols.get(i).shape());
        moving.put(symbols.get(i), tangent);
        values.put(tangent, tangents.get(i));
      }
    }
    if (moving.isEmpty()) {
      return Var.zero(z.shape());
    }
    Var moved = Jvp.of(List.of(f), moving).get(0);
    return Substitution.in(moved, values).broadcastTo(z.shape());
  }

  /** A v = dF/dz v, as an equation of v, z and the inputs. */
  RowEquation linearised() {
    Var v = symbol("direction " + symbols.size(), unknowns().shape());
    List<Var> all = new ArrayList<>(List.of(v));
    all.addAll(symbols);
    return new RowEquation(Jvp.of(f, unknowns(), v).broadcastTo(v.shape()), all);
  }

  /** A' u for this A v, linear in its first symbol. */
  RowEquation transposed() {
    Var u = symbol(unknowns().node().operation().name() + "'", unknowns().shape());
    Var turned = Transposed.of(List.of(f), List.of(unknowns()), List.of(u)).get(0);
    List<Var> all = new ArrayList<>(symbols);
    all.set(0, u);
    return new RowEquation(turned.broadcastTo(u.shape()), all);
  }
}
