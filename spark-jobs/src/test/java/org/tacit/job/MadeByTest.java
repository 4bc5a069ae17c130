package org.tacit.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.tacit.result.Results;

/** In which keys two configurations differ. */
class MadeByTest {
  private static String differences(Map<String, ?> there, Map<String, ?> here) {
    return MadeBy.differences(Results.tree(there), Results.tree(here));
  }

  @Test
  void equalOnesDifferInNothingWhereverTheyGo() {
    Map<String, ?> one =
        Map.of("theta", List.of(1, 2.5), "output", Map.of("path", "a"), "model", Map.of("k", "v"));
    Map<String, ?> same =
        Map.of("model", Map.of("k", "v"), "output", Map.of("path", "b"), "theta", List.of(1, 2.5));
    assertThat(differences(one, same)).isEmpty();
  }

  @Test
  void keysAreToldWithWhatTheyHave() {
    assertThat(
            differences(
                Map.of("model", Map.of("loss", "huber", "delta", 1)),
                Map.of("model", Map.of("loss", "squared"), "folds", 5)))
        .isEqualTo(
            "folds not set there, 5 here; model.delta 1 there, not set here; model.loss"
                + " \"huber\" there, \"squared\" here");
    assertThat(differences(Map.of(), Map.of("a", 1, "b", 2, "c", 3, "d", 4, "e", 5)))
        .endsWith("c not set there, 3 here; and 2 more");
  }
}
