package io.medtwin.driver.philipsintellivue.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NamingTest {

  @Test
  void millilitresHaveTheCodeOfTheStandard() {
    assertThat(Names.unit(0x0652)).isEqualTo("mL"); // MDC_DIM_MILLI_L
    assertThat(Names.unit(0x0612)).isEqualTo("code-0612");
  }
}
