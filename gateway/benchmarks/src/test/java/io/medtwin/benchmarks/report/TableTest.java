package io.medtwin.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void threeDigitsSayHowMuchAndNoMore() {
    assertThat(Table.shown(0.012345)).isEqualTo("0.0123");
    assertThat(Table.shown(1.23456)).isEqualTo("1.23");
    assertThat(Table.shown(45.678)).isEqualTo("45.7");
    assertThat(Table.shown(30_543.2)).isEqualTo("30,543");
    assertThat(Table.shown(0.0)).isEqualTo("0");
    assertThat(Table.shown(1_000_000L)).isEqualTo("1,000,000");
  }

  @Test
  void whatWasNotMeasuredIsADash() {
    assertThat(Table.shown(Double.NaN)).isEqualTo("–");
  }

  @Test
  void aRowHasACellForEachColumn() {
    var table = new Table("t", "engine", "rows/s");
    table.add("sqlite", 12.0);
    assertThat(table.markdown())
        .isEqualTo("| engine | rows/s |\n| --- | ---: |\n| sqlite | 12.0 |\n");
    assertThatThrownBy(() -> table.add("sqlite")).isInstanceOf(IllegalArgumentException.class);
  }
}
