package org.tacit.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WarmUpTest {
  @Test
  void isOverOnceMuchWasAskedForAndStaysSo() {
    assertThat(Kernels.of(1L << 40)).isSameAs(Kernels.BEST);
    assertThat(Kernels.of(0)).isSameAs(Kernels.BEST);
    assertThat(Elementary.of(1)).isSameAs(Elementary.BEST);
  }
}
