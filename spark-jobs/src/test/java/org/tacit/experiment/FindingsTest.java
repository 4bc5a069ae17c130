package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tacit.experiment.Findings.column;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.result.CsvFile;

class FindingsTest {
  @Test
  void everyThingIsARowOfItsNumbers() {
    Findings findings =
        new Findings()
            .with(
                "words.csv",
                "word",
                List.of("ab", "c"),
                w -> w,
                column("letters", String::length),
                column("first", w -> w.charAt(0)));
    CsvFile found = (CsvFile) findings.files().get(0);
    assertThat(found.name()).isEqualTo("words.csv");
    assertThat(found.header()).containsExactly("word", "letters", "first");
    assertThat(found.names()).containsExactly("ab", "c");
    assertThat(found.numbers()).isEqualTo(Matrix.of(2, 2, 2, 'a', 1, 'c'));
  }
}
