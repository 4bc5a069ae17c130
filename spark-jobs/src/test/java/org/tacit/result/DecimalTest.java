package org.tacit.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalTest {
  @ParameterizedTest
  @CsvSource({
    "0, 4, 0.0000",
    "-1234.5, 2, -1234.50",
    "9999999, 1, 9999999.0",
    "1e7, 4, 1.0000e+07",
    "-3.498e299, 3, -3.498e+299",
    "1e-300, 2, 1.00e-300",
    "-0.00099, 4, -9.9000e-04",
    "0.0011, 4, 0.0011",
    "1.5, 1, 1.5",
    "NaN, 2, NaN",
    "Infinity, 2, Infinity"
  })
  void largeNumbersAndSmallOnesAreScientific(double value, int decimals, String text) {
    assertThat(Decimal.of(value, decimals)).isEqualTo(text);
  }
}
