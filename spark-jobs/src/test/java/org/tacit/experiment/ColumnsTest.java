package org.tacit.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.tacit.matrix.Matrix;
import org.tacit.result.CsvFile;

class ColumnsTest {
  @Test
  void everyThingIsARowOfItsNumbers() {
    CsvFile found =
        new Columns<String>("word", w -> w)
            .with("letters", String::length)
            .with("first", w -> w.charAt(0))
            .of("words.csv", List.of("ab", "c"));
    assertThat(found.header()).containsExactly("word", "letters", "first");
    assertThat(found.names()).containsExactly("ab", "c");
    assertThat(found.numbers()).isEqualTo(Matrix.of(2, 2, 2, 'a', 1, 'c'));
  }
}
