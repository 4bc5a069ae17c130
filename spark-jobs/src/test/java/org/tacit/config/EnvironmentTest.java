package org.tacit.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which variables a configuration may read unasked. */
class EnvironmentTest {
  @Test
  void variablesOfTacitMayAlwaysBeRead() {
    Environment ours = new Environment("a.conf", Map.of("TACIT_DATA", "/d"), false);
    assertThat(ours.lookup("TACIT_DATA").unwrapped()).isEqualTo("/d");
    assertThat(ours.lookup("TACIT_OTHER")).isNull();
  }
}
