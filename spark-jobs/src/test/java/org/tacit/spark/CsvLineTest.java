package org.tacit.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvLineTest {
  @Test
  void cellsAreCutAtCommas() {
    assertThat(CsvLine.cells("a,b,c")).containsExactly("a", "b", "c");
    assertThat(CsvLine.cells("a,,")).containsExactly("a", "", "");
    assertThat(CsvLine.cells("")).containsExactly("");
    assertThat(CsvLine.cells(",")).containsExactly("", "");
  }

  @Test
  void quotedCellsKeepCommasAndQuotes() {
    assertThat(CsvLine.cells("\"a,b\",c")).containsExactly("a,b", "c");
    assertThat(CsvLine.cells("1,\"say \"\"x\"\"\"")).containsExactly("1", "say \"x\"");
    assertThat(CsvLine.cells("\"\",\"\"")).containsExactly("", "");
    assertThat(CsvLine.cells("\"open,1")).containsExactly("open,1");
  }
}
