package io.medtwin.benchmarks.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessStatTest {

  @Test
  void timesAreFoundBehindANameWithSpacesAndParentheses() {
    var stat =
        ProcessStat.parse(
            "42 (a (b) c) S 1 42 42 0 -1 4194304 100 0 0 0 150 50 0 0 20 0 9 0 100 0 0",
            "Name:\tx\nVmHWM:\t  204800 kB\nVmRSS:\t  102400 kB\nThreads:\t9\n");
    assertThat(stat).isEqualTo(new ProcessStat(2.0, 102_400, 204_800, 9));
    assertThat(stat.rssMib()).isEqualTo(100);
  }
}
