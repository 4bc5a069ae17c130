package org.tacit.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.tacit.autodiff.DiagonalTerm.Elsewhere;
import org.tacit.autodiff.DiagonalTerm.Entry;
import org.tacit.autodiff.DiagonalTerm.Range;
import org.tacit.autodiff.DiagonalTerm.Rowwise;
import org.tacit.primitive.Form;
import org.tacit.primitive.Var;
import org.tacit.program.Node;
import org.tacit.program.Shape;

/**
 * What the primitives of linear programs do to {@link DiagonalTerm}s; empty where that is not
 * known.
 */
record DiagonalRules(Map<Node, List<DiagonalTerm>> terms) {
  /** The terms of a value from those of what it is made of. */
  Optional<List<DiagonalTerm>> of(Var value) {
    Shape shape = value.shape();
    if (!Form.sum(value).isEmpty()) {
      return together(Form.sum(value), shape, false);
    } else if (!Form.difference(value).isEmpty()) {
      return together(Form.difference(value), shape, true);
    } else if (!Form.negation(value).isEmpty()) {
      return each(Form.negation(value).get(0), term -> scaled(term, Var.constant(-1), shape));
    } else if (!Form.product(value).isEmpty()) {
      return product(Form.product(value), shape);
    } else if (!Form.broadcast(value).isEmpty()) {
      return each(
          Form.broadcast(value).get(0), term -> stretched(term, value.node().inputs(), shape));
    } else if (!Form.matmul(value).isEmpty()) {
      return margins(Form.matmul(value));
    } else if (!Form.transposedMatmul(value).isEmpty()) {
      List<Var> factors = Form.transposedMatmul(value);
      return isFixed(factors.get(0))
          ? each(factors.get(1), term -> reduced(term, Optional.of(factors.get(0)), shape))
          : Optional.empty();
    } else if (!Form.sumRows(value).isEmpty()) {
      return each(Form.sumRows(value).get(0), term -> reduced(term, Optional.empty(), shape));
    } else if (!Form.sumCols(value).isEmpty()) {
      return each(Form.sumCols(value).get(0), term -> summed(term, shape));
    } else if (!Form.reshape(value).isEmpty()) {
      return each(Form.reshape(value).get(0), term -> reshaped(term, shape));
    }
    return moved(value);
  }

  private boolean isFixed(Var value) {
    return !terms.containsKey(value.node());
  }

  private Optional<List<DiagonalTerm>> each(
      Var operand, Function<DiagonalTerm, Optional<DiagonalTerm>> rule) {
    List<DiagonalTerm> results = new ArrayList<>();
    for (DiagonalTerm term : terms.get(operand.node())) {
      Optional<DiagonalTerm> result = rule.apply(term);
      if (result.isEmpty()) {
        return Optional.empty();
      }
      results.add(result.get());
    }
    return Optional.of(results);
  }

  private Optional<List<DiagonalTerm>> together(
      List<Var> operands, Shape shape, boolean isDifference) {
    List<DiagonalTerm> all = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Var operand = operands.get(i);
      Var sign = Var.constant(isDifference && i == 1 ? -1 : 1);
      if (!isFixed(operand)) {
        List<Node> source = List.of(operand.node());
        Optional<List<DiagonalTerm>> some =
            each(
                operand,
                term -> stretched(term, source, shape).flatMap(t -> scaled(t, sign, shape)));
        if (some.isEmpty()) {
          return Optional.empty();
        }
        all.addAll(some.get());
      }
    }
    return Optional.of(all);
  }

  private Optional<List<DiagonalTerm>> product(List<Var> factors, Shape shape) {
    int moving = isFixed(factors.get(0)) ? 1 : 0;
    return each(
        factors.get(moving), term -> scaledAndStretched(term, factors.get(1 - moving), shape));
  }

  private static Optional<DiagonalTerm> scaledAndStretched(
      DiagonalTerm term, Var factor, Shape shape) {
    if (term instanceof Rowwise rows && rows.isSummed() && shape.width() == rows.width()) {
      return Optional.of(rows.with(rows.a().times(factor), false, true));
    }
    return scaled(term, factor, shape);
  }

  /** Times a fixed factor that does not stretch it. */
  private static Optional<DiagonalTerm> scaled(DiagonalTerm term, Var factor, Shape shape) {
    if (term instanceof Entry entry && entry.factor().shape().equals(shape)) {
      Var all = entry.factor().times(factor);
      return Optional.of(new Entry(entry.offset(), all, entry.read(), entry.isPartial()));
    } else if (term instanceof Rowwise rows
        && shape.isSharded()
        && shape.width() == (rows.isSummed() ? 1 : rows.width())) {
      return Optional.of(rows.with(rows.a().times(factor), rows.isSummed(), rows.isPartial()));
    }
    return term instanceof Elsewhere there && shape.size() >= there.to()
        ? Optional.of(there)
        : Optional.empty();
  }

  private static Optional<DiagonalTerm> stretched(
      DiagonalTerm term, List<Node> source, Shape shape) {
    if (source.get(0).shape().equals(shape)) {
      return Optional.of(term);
    }
    Var one = Var.constant(1);
    if (term instanceof Entry entry && shape.isSharded()) {
      Shape from = entry.factor().shape();
      return from.rows().isOne() && from.width() == shape.width()
          ? Optional.of(new Rowwise(Optional.empty(), entry, one.broadcastTo(shape), false, false))
          : Optional.empty();
    }
    return term instanceof Rowwise rows && rows.isSummed() && shape.width() == rows.width()
        ? Optional.of(rows.with(rows.a(), false, true))
        : Optional.empty();
  }

  private Optional<List<DiagonalTerm>> margins(List<Var> factors) {
    Var x = factors.get(0);
    if (!isFixed(x) || !x.shape().isSharded()) {
      return Optional.empty();
    }
    return each(
        factors.get(1),
        term ->
            term instanceof Entry w
                ? Optional.of(
                    new Rowwise(
                        Optional.of(x),
                        w,
                        Var.constant(1)
                            .broadcastTo(new Shape(x.shape().rows(), w.factor().shape().cols())),
                        false,
                        false))
                : Optional.empty());
  }

  /** The sum over rows, with x' before it or without; the shape is that of the result. */
  private static Optional<DiagonalTerm> reduced(DiagonalTerm term, Optional<Var> x, Shape shape) {
    if (term instanceof Rowwise rows) {
      Entry w = rows.w();
      boolean isSquare = rows.x().equals(x) && !rows.isSummed();
      if (isSquare && w.factor().shape().equals(shape)) {
        Var sums = x.map(matrix -> matrix.squaresTimes(rows.a())).orElseGet(rows.a()::sumRows);
        return Optional.of(new Entry(w.offset(), w.factor().times(sums), w.read(), true));
      }
      return Optional.of(new Elsewhere(0, shape.size(), w.read()));
    }
    return term instanceof Entry entry && !shape.isSharded()
        ? Optional.of(new Elsewhere(0, shape.size(), entry.read()))
        : Optional.empty();
  }

  private static Optional<DiagonalTerm> summed(DiagonalTerm term, Shape shape) {
    if (term instanceof Rowwise rows && !rows.isSummed() && !rows.isPartial()) {
      return Optional.of(rows.with(rows.a(), true, false));
    }
    return term instanceof Entry entry
        ? Optional.of(new Elsewhere(0, shape.size(), entry.read()))
        : Optional.empty();
  }

  private static Optional<DiagonalTerm> reshaped(DiagonalTerm term, Shape shape) {
    if (term instanceof Entry entry) {
      Var factor = entry.factor().reshape(shape);
      return Optional.of(new Entry(entry.offset(), factor, entry.read(), entry.isPartial()));
    }
    return term instanceof Elsewhere ? Optional.of(term) : Optional.empty();
  }

  /** Rows cut out, or put between zeros. */
  private Optional<List<DiagonalTerm>> moved(Var value) {
    OptionalInt by = Form.offset(value);
    if (by.isEmpty()) {
      return Optional.empty();
    }
    int shift = by.getAsInt() * value.shape().width();
    Node source = value.node().inputs().get(0);
    return each(
        Var.of(source),
        term -> {
          if (term instanceof Entry entry) {
            Var factor = Substitution.in(value, Map.of(Var.of(source), entry.factor()));
            int offset = entry.offset() + shift;
            int size = value.shape().size();
            int from = Math.max(entry.read().from(), offset);
            int to = Math.min(entry.read().to(), offset + size);
            Range read = entry.isPartial() ? entry.read() : new Range(from, Math.max(from, to));
            return Optional.of(new Entry(offset, factor, read, entry.isPartial()));
          }
          return term instanceof Elsewhere there
              ? Optional.of(
                  new Elsewhere(
                      Math.max(0, there.from() - shift), there.to() - shift, there.read()))
              : Optional.empty();
        });
  }
}
