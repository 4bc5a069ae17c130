package org.tacit.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterCostTest {
  private static final double DENSE = 8;
  private static final double SPARSE = 12;
  private static final ClusterCost LARGE = new ClusterCost(Rates.COMMON, 200, 4);

  private static PassWork gradient(
      double rows, double numbersARow, double bytesANumber, long unknowns) {
    return PassWork.ofProducts(rows * numbersARow, bytesANumber, unknowns, 1, 2_400);
  }

  @ParameterizedTest
  @CsvSource({
    "1e9, 1e4, 8, 10000, 16.7, rows",
    "1e9, 100, 12, 10000, 0.30, rows",
    "1e8, 100, 12, 1000000, 0.125, gathering sums"
  })
  void theProjectionsOfItsDocumentation(
      double rows, double numbersARow, double bytes, long unknowns, double seconds, String most) {
    ClusterCost.Estimate pass = LARGE.pass(gradient(rows, numbersARow, bytes, unknowns));
    assertThat(pass.seconds()).isCloseTo(seconds, within(0.05 * seconds));
    assertThat(pass.bottleneck()).isEqualTo(most);
  }

  @Test
  void theBusiestCoreDecides() {
    ClusterCost two = new ClusterCost(Rates.COMMON, 1, 2);
    double even = two.pass(PassWork.ofProducts(1e9, DENSE, 10, 1, 2)).work();
    double uneven = two.pass(PassWork.ofProducts(1e9, DENSE, 10, 1, 3)).work();
    assertThat(even).isCloseTo(8e9 / 2 / Rates.COMMON.read(), within(1e-12));
    assertThat(uneven / even).isCloseTo(4.0 / 3, within(1e-12));
  }

  @Test
  void manyColumnsAreArithmetic() {
    ClusterCost one = new ClusterCost(Rates.COMMON, 1, 1);
    PassWork wide = PassWork.ofProducts(1e8, SPARSE, 1_000, 1_000, 1);
    assertThat(one.pass(wide).work()).isCloseTo(4e11 / Rates.COMMON.arithmetic(), within(1e-9));
  }

  @Test
  void sumsThatTheDriverCannotHoldAreAddedUpByExecutors() {
    PassWork small = PassWork.ofProducts(1e6, DENSE, 1_000, 1, 1_000);
    PassWork large = PassWork.ofProducts(1e6, DENSE, 1_000_000, 1, 1_000);
    assertThat(LARGE.pass(small).gathering()).isCloseTo(8e6 / Rates.COMMON.merge(), within(1e-9));
    assertThat(LARGE.pass(large).gathering()).isLessThan(8e9 / Rates.COMMON.merge() / 100);
  }

  @Test
  void aClusterHasACore() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ClusterCost(Rates.COMMON, 0, 4));
  }
}
