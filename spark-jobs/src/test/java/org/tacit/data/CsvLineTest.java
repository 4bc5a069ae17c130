package org.tacit.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvLineTest {
  @Test
  void cellsAreCutAtCommas() {
    assertThat(CsvLine.cells("a,b,c", ',')).containsExactly("a", "b", "c");
    assertThat(CsvLine.cells("a,,", ',')).containsExactly("a", "", "");
    assertThat(CsvLine.cells("", ',')).containsExactly("");
    assertThat(CsvLine.cells(",", ',')).containsExactly("", "");
  }

  @Test
  void quotedCellsKeepCommasAndQuotes() {
    assertThat(CsvLine.cells("\"a,b\",c", ',')).containsExactly("a,b", "c");
    assertThat(CsvLine.cells("1,\"say \"\"x\"\"\"", ',')).containsExactly("1", "say \"x\"");
    assertThat(CsvLine.cells("\"\",\"\"", ',')).containsExactly("", "");
    assertThat(CsvLine.cells("\"open,1", ',')).containsExactly("open,1");
  }

  @Test
  void otherSeparatorsLeaveCommasAlone() {
    assertThat(CsvLine.cells("a,b;\"c;d\";e", ';')).containsExactly("a,b", "c;d", "e");
    assertThat(CsvLine.cells("1\t\t2", '\t')).containsExactly("1", "", "2");
  }

  @Test
  void aLineSaysWhetherItEndsInQuotes() {
    assertThat(CsvLine.endsInQuotes("1,\"two", ',', false)).isTrue();
    assertThat(CsvLine.endsInQuotes("lines\",3", ',', true)).isFalse();
    assertThat(CsvLine.endsInQuotes("1,\"say \"\"x\"\"\",2", ',', false)).isFalse();
    assertThat(CsvLine.endsInQuotes("5\" pipe,2", ',', false)).isFalse();
    assertThat(CsvLine.endsInQuotes("\"a;b\";\"c", ';', false)).isTrue();
  }

  @Test
  void blanksAndSeparatorsAreNoContent() {
    assertThat(CsvLine.hasContent(" ,, \t", ',')).isFalse();
    assertThat(CsvLine.hasContent(",0", ',')).isTrue();
  }
}
