package org.tacit.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.primitive.Var;
import org.tacit.program.Shape;

class SubstitutionTest {
  private final Var x = Var.input("x", Shape.of(3, 1));
  private final Var z = Var.input("z", Shape.of(3, 1));

  @Test
  void theResultIsWhatWouldHaveBeenWritten() {
    Var f = x.exp().times(x).plus(z.sin()).sum();
    Var replacement = z.square().plus(1);
    assertThat(Substitution.in(f, Map.of(x, replacement)))
        .isEqualTo(replacement.exp().times(replacement).plus(z.sin()).sum());
  }

  @Test
  void replacementsAreMadeAtOnce() {
    assertThat(Substitution.in(x.minus(z), Map.of(x, z, z, x))).isEqualTo(z.minus(x));
    assertThat(Substitution.in(List.of(x, z), Map.of(x, z, z, x))).containsExactly(z, x);
  }

  @Test
  void replacementsAreSimplifiedAnew() {
    assertThat(Substitution.in(x.times(z).plus(x), Map.of(z, Var.zero(z.shape())))).isEqualTo(x);
    Var table = Var.column("t", "x", 3);
    Var turned = table.transpose().matmul(table.matmul(x));
    assertThat(Substitution.in(turned, Map.of(x, Var.zero(x.shape()))).isZero()).isTrue();
  }

  @Test
  void innerValuesMayBeReplaced() {
    assertThat(Substitution.in(x.exp().sum(), Map.of(x.exp(), z))).isEqualTo(z.sum());
  }

  @Test
  void whatDoesNotContainThemStaysTheSame() {
    assertThat(Substitution.in(x.exp(), Map.of(z, x))).isEqualTo(x.exp());
  }

  @Test
  void shapesMustBeEqual() {
    assertThatThrownBy(() -> Substitution.in(x.exp(), Map.of(x, x.transpose())))
        .hasMessage("Invalid replacement: 1 x 3 for 3 x 1 (must be equal)");
  }
}
