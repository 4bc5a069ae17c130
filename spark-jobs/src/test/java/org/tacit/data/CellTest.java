package org.tacit.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CellTest {
  private static double number(String column, String text) throws BadCell {
    try {
      return Cell.number(text);
    } catch (BadCell bad) {
      throw bad.in(column);
    }
  }

  @Test
  void decimalNumbersAreRead() throws BadCell {
    assertThat(Cell.number(" -1.25e-3 ")).isEqualTo(-1.25e-3);
    assertThat(Cell.number("1.0970639814699807")).isEqualTo(1.0970639814699807);
  }

  @ParameterizedTest
  @CsvSource({
    "abc, is not a number",
    "1d, is not a number",
    "0x1p3, is not a number",
    "1e, is not a number",
    "NaN, is not a number",
    "Infinity, is not a number",
    "1e999, is not finite",
    "'1,5', is not a number (decimals are written with a point)",
    "'', is missing"
  })
  void anythingElseIsNot(String text, String objection) {
    assertThatThrownBy(() -> number("column 2 (x)", text))
        .isInstanceOf(BadCell.class)
        .hasMessageStartingWith("column 2 (x): \"")
        .hasMessageEndingWith(objection);
  }

  @Test
  void longCellsAreShownShort() {
    assertThatThrownBy(() -> number("c", "z".repeat(500)))
        .hasMessageMatching("c: \"z{40}\\.\\.\\.\" is not a number");
  }
}
