package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tacit.model.Model;

class SymbolsTest {
  @Test
  void messagesNameWhatTheUserNamed() {
    Symbols ofOne =
        new Symbols(
            new Model.Layout(List.of("age", "income"), 1, true), List.of("feature age", "$1"));
    assertThat(ofOne.named("a kink where x[1] is on the edge; from the left in theta[1]"))
        .isEqualTo(
            "a kink where the coefficient of income is on the edge; from the left in theta of $1");
    assertThat(ofOne.named("x[2] and theta[0]"))
        .isEqualTo("the intercept and theta of feature age");
    assertThat(ofOne.named("max[1] is no unknown")).isEqualTo("max[1] is no unknown");
    Symbols ofClasses = new Symbols(new Model.Layout(List.of("age", "income"), 3, true), List.of());
    assertThat(ofClasses.named("x[5], x[7]"))
        .isEqualTo("the coefficient of income for class 2, the intercept for class 1");
  }
}
