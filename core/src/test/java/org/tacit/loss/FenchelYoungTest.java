package org.tacit.loss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.autodiff.Vjp;
import org.tacit.matrix.Matrix;
import org.tacit.pass.OnDriver;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

/** The loss of softmax is the cross entropy, to the second derivative. */
class FenchelYoungTest {
  private final Var s = Var.input("s", Shape.of(2, 3));
  private final Var y = Var.input("y", Shape.of(2, 3));
  private final Var temperature = Var.input("t", Shape.of(1, 1));
  private final Map<String, Matrix> at =
      Map.of(
          "s", Matrix.of(2, 3, 1, -0.5, 2, 0.3, 0.1, -2),
          "y", Matrix.of(2, 3, 0.2, 0.5, 0.3, 0.1, 0.1, 0.8),
          "t", Matrix.scalar(0.7));

  /** t sum p log p, whose argmax is softmax(s / t). */
  private Var entropy(Var p) {
    return p.times(p.log()).sumCols().times(temperature);
  }

  private final Var loss =
      new FenchelYoung(scores -> scores.divide(temperature).softmax(), this::entropy)
          .of(s, y)
          .sum();
  private final Var known =
      s.divide(temperature)
          .logSumExp()
          .times(temperature)
          .minus(s.times(y).sumCols())
          .plus(entropy(y))
          .sum();

  private Matrix value(Var of) {
    return OnDriver.value(of, at);
  }

  private void assertEqual(Var found, Var expected) {
    Matrix known = value(expected);
    assertThat(value(found).minus(known).maxAbs()).isLessThan(1e-14 * (1 + known.maxAbs()));
    assertThat(known.maxAbs()).isGreaterThan(0.01);
  }

  @Test
  void theGradientIsTheArgmaxLessTheTarget() {
    assertEqual(loss, known);
    assertEqual(Vjp.gradient(loss, s), s.divide(temperature).softmax().minus(y));
  }

  @Test
  void higherDerivativesAndThoseInTheRegulariserFollow() {
    Var direction = Var.constant(Matrix.of(2, 3, 1, 2, -1, 0.5, -3, 1));
    Var product = Vjp.gradient(Vjp.gradient(loss, s).dot(direction), s);
    Var knownProduct = Vjp.gradient(Vjp.gradient(known, s).dot(direction), s);
    assertEqual(product, knownProduct);
    assertEqual(
        Vjp.gradient(product.dot(direction), s), Vjp.gradient(knownProduct.dot(direction), s));
    assertEqual(Vjp.gradient(loss, temperature), Vjp.gradient(known, temperature));
    assertEqual(
        Vjp.gradient(Vjp.gradient(loss, temperature), s),
        Vjp.gradient(Vjp.gradient(known, temperature), s));
  }

  @Test
  void theLossOfTheArgmaxIsZero() {
    Var own = new FenchelYoung(Var::softmax, p -> p.times(p.log()).sumCols()).of(s, s.softmax());
    assertThat(value(own).maxAbs()).isLessThan(1e-15);
  }
}
