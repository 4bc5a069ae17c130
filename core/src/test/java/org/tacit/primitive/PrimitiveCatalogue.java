package org.tacit.primitive;

import static org.tacit.primitive.Argument.byRow;
import static org.tacit.primitive.Argument.fixed;
import static org.tacit.primitive.Domain.awayFromZero;
import static org.tacit.primitive.Domain.between;
import static org.tacit.primitive.Domain.oneOf;
import static org.tacit.primitive.PrimitiveCase.one;
import static org.tacit.primitive.PrimitiveCase.several;
import static org.tacit.primitive.PrimitiveCase.two;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.tacit.matrix.Matrix;

/** Every elementwise primitive, one line a case; {@link StructureCatalogue} has the others. */
final class PrimitiveCatalogue {
  private static final Domain WHOLE = oneOf(-2, -1, 0, 1, 2);
  private static final Domain HALF = oneOf(-1.5, -0.5, 0.5, 1.5);

  private PrimitiveCatalogue() {}

  static List<PrimitiveCase> all() {
    List<PrimitiveCase> all = new ArrayList<>(ofOne());
    all.addAll(stretching("plus", Var::plus, Double::sum, between(-1, 1), between(-1, 1)));
    all.addAll(stretching("minus", Var::minus, (a, b) -> a - b, between(-1, 1), between(-1, 1)));
    all.addAll(stretching("times", Var::times, (a, b) -> a * b, between(-1, 1), between(-1, 1)));
    all.addAll(
        stretching("divide", Var::divide, (a, b) -> a / b, between(-1, 1), awayFromZero(0.5, 2)));
    all.addAll(
        stretching(
            "hypot",
            Var::hypot,
            (a, b) -> Math.sqrt(a * a + b * b),
            between(-1, 1),
            awayFromZero(0.5, 2)));
    all.addAll(
        stretching(
            "cosine",
            Var::cosine,
            (a, b) -> a / Math.sqrt(a * a + b * b),
            between(-1, 1),
            awayFromZero(0.5, 2)));
    all.addAll(stretching("max", Var::max, Math::max, WHOLE, HALF));
    all.addAll(stretching("min", Var::min, Math::min, WHOLE, HALF));
    all.addAll(comparisons());
    all.addAll(choices());
    all.addAll(StructureCatalogue.all());
    return all;
  }

  private static List<PrimitiveCase> ofOne() {
    return List.of(
        each("negate", Var::negate, x -> -x, between(-1, 1)),
        each("reciprocal", Var::reciprocal, x -> 1 / x, awayFromZero(0.5, 2)),
        each("exp", Var::exp, Math::exp, between(-2, 2)),
        each("expm1", Var::expm1, x -> Math.exp(x) - 1, awayFromZero(0.5, 2)),
        each("log", Var::log, Math::log, between(0.5, 3)),
        each("log1p", Var::log1p, x -> Math.log(1 + x), between(-0.5, 2)),
        each("sqrt", Var::sqrt, Math::sqrt, between(0.3, 3)),
        each("square", Var::square, x -> x * x, between(-2, 2)),
        each("pow(2.5)", x -> x.pow(2.5), x -> x * x * Math.sqrt(x), between(0.5, 2)),
        each("pow(3)", x -> x.pow(3), x -> x * x * x, between(-2, 2)),
        each("pow(-2)", x -> x.pow(-2), x -> 1 / (x * x), awayFromZero(0.5, 2)),
        each(
                "binaryScale",
                Var::binaryScale,
                x -> Math.abs(x) < 0.5 ? 0.25 : Math.abs(x) < 1 ? 0.5 : 1,
                oneOf(-1.5, -0.7, -0.3, 0.3, 0.7, 1.5))
            .flat(),
        each("hash", x -> x.hash(5), x -> new Hash(5).at(Math.floor(x + 0.5)), oneOf(-3, 0, 7, 1e6))
            .flat(),
        each(
                "part",
                x -> x.part(5, 3),
                x -> Math.floor(3 * new Hash(5).at(Math.floor(x + 0.5))),
                oneOf(-3, 0, 7, 1e6))
            .flat(),
        each("sin", Var::sin, Math::sin, between(-3, 3)),
        each("cos", Var::cos, Math::cos, between(-3, 3)),
        each("tanh", Var::tanh, x -> 1 - 2 / (Math.exp(2 * x) + 1), between(-2, 2)),
        each("atan", Var::atan, x -> Math.asin(x / Math.sqrt(1 + x * x)), between(-3, 3)),
        each("sigmoid", Var::sigmoid, x -> 1 / (1 + Math.exp(-x)), between(-4, 4)),
        each("softplus", Var::softplus, x -> Math.log(1 + Math.exp(x)), between(-4, 4)),
        each("abs", Var::abs, x -> x < 0 ? -x : x, awayFromZero(0.1, 2)),
        each("sign", Var::sign, x -> x < 0 ? -1 : 1, awayFromZero(0.1, 2)).flat(),
        each(
            "clip",
            x -> x.clip(-1, 2),
            x -> x < -1 ? -1 : x > 2 ? 2 : x,
            oneOf(-1.7, -1.2, -0.7, 0.4, 1.5, 2.3)));
  }

  private static List<PrimitiveCase> comparisons() {
    List<PrimitiveCase> all = new ArrayList<>();
    stretching("less", Var::lessThan, (a, b) -> a < b ? 1 : 0, WHOLE, HALF)
        .forEach(line -> all.add(line.flat()));
    Argument bit = byRow(1, oneOf(0, 1)).still();
    List<Argument> bits = List.of(bit, bit);
    all.add(
        two("less", bits, Var::lessThan, (a, b) -> Formula.pair(a, b, (p, q) -> p < q ? 1 : 0)));
    all.add(
        two(
            "lessOrEqual",
            bits,
            Var::lessOrEqual,
            (a, b) -> Formula.pair(a, b, (p, q) -> p <= q ? 1 : 0)));
    all.add(
        two(
            "greater",
            bits,
            Var::greaterThan,
            (a, b) -> Formula.pair(a, b, (p, q) -> p > q ? 1 : 0)));
    all.add(
        two(
            "greaterOrEqual",
            bits,
            Var::greaterOrEqual,
            (a, b) -> Formula.pair(a, b, (p, q) -> p >= q ? 1 : 0)));
    all.add(
        two("equal", bits, Var::equalTo, (a, b) -> Formula.pair(a, b, (p, q) -> p == q ? 1 : 0)));
    all.add(
        two(
            "unequal",
            bits,
            Var::unequalTo,
            (a, b) -> Formula.pair(a, b, (p, q) -> p == q ? 0 : 1)));
    return all;
  }

  private static List<PrimitiveCase> choices() {
    Domain any = between(-1, 1);
    return List.of(
        choice(byRow(3, oneOf(0, 1)), byRow(3, any), byRow(3, any)),
        choice(byRow(1, oneOf(0, 2)), byRow(3, any), fixed(1, 3, any)),
        choice(byRow(1, oneOf(0, 1)), fixed(1, 1, any), byRow(1, any)),
        choice(fixed(1, 3, oneOf(0, 1)), fixed(1, 3, any), byRow(1, any)));
  }

  private static PrimitiveCase choice(Argument test, Argument yes, Argument no) {
    return several(
        "where",
        List.of(test.still(), yes, no),
        v -> Var.where(v.get(0), v.get(1), v.get(2)),
        m -> {
          Matrix chosen = Formula.pair(m.get(0), m.get(1), (t, y) -> t != 0 ? y : 0);
          Matrix other = Formula.pair(m.get(0), m.get(2), (t, n) -> t != 0 ? 0 : n);
          return Formula.pair(chosen, other, Double::sum);
        });
  }

  private static PrimitiveCase each(
      String name, Function<Var, Var> build, DoubleUnaryOperator f, Domain domain) {
    return one(name, byRow(3, domain), build, Formula.each(f));
  }

  /** An elementwise primitive of two, on every way in which one stretches to the other. */
  private static List<PrimitiveCase> stretching(
      String name, BiFunction<Var, Var, Var> build, DoubleBinaryOperator f, Domain a, Domain b) {
    List<List<Argument>> shapes =
        List.of(
            List.of(byRow(3, a), byRow(3, b)),
            List.of(byRow(3, a), byRow(1, b)),
            List.of(byRow(3, a), fixed(1, 3, b)),
            List.of(fixed(1, 1, a), byRow(3, b)),
            List.of(fixed(1, 3, a), byRow(1, b)));
    List<PrimitiveCase> cases = new ArrayList<>();
    shapes.forEach(shape -> cases.add(two(name, shape, build, (x, y) -> Formula.pair(x, y, f))));
    return cases;
  }
}
