package org.tacit.primitive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tacit.matrix.Matrix;
import org.tacit.pass.TableFactory;

/**
 * The laws of every primitive of the catalogue: value against a plain formula, jvp against central
 * differences, vjp against jvp, the same to second order; with all arguments replicated, and with
 * those by row in a table of any engine. An engine supplies its tables and reruns them all.
 */
public interface PrimitiveLaws {
  TableFactory tables();

  /** The tables to try: none or one row, a few, more than a tile holds. */
  default List<Cut> cuts() {
    return List.of(new Cut(1, 1), new Cut(7, 2), new Cut(1103, 1), new Cut(1103, 7));
  }

  /** A table's number of rows and of partitions. */
  record Cut(int rows, int partitions) {
    @Override
    public String toString() {
      return rows + " rows in " + partitions + " partitions";
    }
  }

  @TestFactory
  default Stream<DynamicNode> everyPrimitiveObeysTheLaws() {
    return PrimitiveCatalogue.all().stream().map(this::lawsOf);
  }

  private DynamicNode lawsOf(PrimitiveCase line) {
    List<DynamicNode> tests = new ArrayList<>();
    Cut few = new Cut(5, 1);
    tests.addAll(laws("replicated, ", Law.ALL, () -> derivatives(line, few, false)));
    if (line.hasRows()) {
      for (Cut cut : cuts()) {
        List<Law> all = new ArrayList<>(Law.ALL);
        all.add(
            new Law(
                "numbers are those of replicated values",
                there -> assertPlaced(there, derivatives(line, cut, false))));
        tests.addAll(laws(cut + ", ", all, () -> derivatives(line, cut, true)));
      }
    }
    return DynamicContainer.dynamicContainer(line.toString(), tests);
  }

  /** The laws as tests of what {@code make} gives, which is made once, by the first of them. */
  private static List<DynamicTest> laws(
      String where, List<Law> laws, Supplier<DerivativesOfCase> make) {
    DerivativesOfCase[] made = new DerivativesOfCase[1];
    return laws.stream()
        .map(
            law ->
                DynamicTest.dynamicTest(
                    where + law.fact(),
                    () -> {
                      made[0] = made[0] == null ? make.get() : made[0];
                      law.check().accept(made[0]);
                    }))
        .toList();
  }

  private DerivativesOfCase derivatives(PrimitiveCase line, Cut cut, boolean isSharded) {
    PrimitiveTrial trial = new PrimitiveTrial(line, cut.rows(), isSharded);
    return DerivativesOfCase.of(trial, tables(), cut.partitions());
  }

  private static void assertPlaced(DerivativesOfCase there, DerivativesOfCase here) {
    here.all()
        .forEach(
            (name, value) ->
                assertThat(there.at(name).minus(value).norm())
                    .as(name)
                    .isLessThanOrEqualTo(1e-12 * value.norm()));
  }

  /** One law, by the fact it states. */
  record Law(String fact, Consumer<DerivativesOfCase> check) {
    static final List<Law> ALL =
        List.of(
            new Law("value is its formula", Law::valueIsItsFormula),
            new Law("jvp is the central difference", Law::jvpIsTheDifference),
            new Law("vjp is the transpose of jvp", Law::vjpIsTheTranspose),
            new Law("jvp of the gradient is its difference", Law::secondOrderIsTheDifference),
            new Law("Hessian is symmetric", Law::hessianIsSymmetric));

    private static void valueIsItsFormula(DerivativesOfCase x) {
      assertClose(x.at("y"), x.formula(), 1e-13, 1e-14);
    }

    private static void jvpIsTheDifference(DerivativesOfCase x) {
      Matrix difference = x.difference("y");
      assertClose(x.at("Jt"), difference, 1e-8, 1e-11 * (1 + x.at("y").norm()));
      assertThat(difference.norm() == 0).isEqualTo(x.isFlat());
    }

    private static void vjpIsTheTranspose(DerivativesOfCase x) {
      double forward = x.weights().dot(x.at("Jt"));
      double scale = x.weights().norm() * x.at("Jt").norm() + x.scale("t", "J'v");
      assertThat(Math.abs(forward - x.dot("t", "J'v"))).isLessThanOrEqualTo(1e-12 * scale);
    }

    private static void secondOrderIsTheDifference(DerivativesOfCase x) {
      for (int i : x.moving()) {
        double noise = 1e-11 * (1 + x.at("g" + i).norm());
        assertClose(x.at("Ht" + i), x.difference("g" + i), 1e-8, noise);
      }
    }

    private static void hessianIsSymmetric(DerivativesOfCase x) {
      double scale = x.scale("s", "Ht") + x.scale("t", "Hs");
      assertThat(Math.abs(x.dot("s", "Ht") - x.dot("t", "Hs"))).isLessThanOrEqualTo(1e-12 * scale);
    }

    private static void assertClose(Matrix is, Matrix due, double relative, double absolute) {
      assertThat(is.minus(due).norm())
          .as("%s against %s", is, due)
          .isLessThanOrEqualTo(relative * due.norm() + absolute);
    }
  }
}
