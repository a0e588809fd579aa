package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DittoConfigTest {

  private final DittoConfig config =
      DittoConfig.of(
          URI.create("https://ditto.example.org"),
          new DittoLogin.Basic("gw-07", () -> "hunter2"),
          DittoRoles.of("nginx:gw-07"));

  @Test
  void noSecretIsPrinted() {
    DittoLogin bearer = new DittoLogin.Bearer(() -> "hunter2");

    assertThat(config.toString()).contains("gw-07").contains("***").doesNotContain("hunter2");
    assertThat(config.toString()).doesNotContain("Lambda");
    assertThat(bearer.toString() + bearer.who()).doesNotContain("hunter2").doesNotContain("Lambda");
  }

  @ParameterizedTest
  @CsvSource({
    "clinic.north:x,       true",
    "clinic.north.pump:x,  true",
    "clinic.northern:x,    false",
    "clinic:x,             false",
    ":x,                   false",
    "nothing,              false",
  })
  void onlyConfiguredNamespacesAndWhatIsBelowThemAreLetThrough(String id, boolean allowed) {
    assertThat(config.withNamespaces(Set.of("clinic.north")).allows(id)).isEqualTo(allowed);
  }

  @Test
  void withoutNamespacesAllAreLetThrough() {
    assertThat(config.allows("anything.at.all:x")).isTrue();
  }

  @Test
  void aTimeoutOutOfRangeIsRefused() {
    assertThatThrownBy(() -> config.withCommandTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> config.withCommandTimeout(Duration.ofHours(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSubjectWithoutAnIssuerIsRefused() {
    assertThatThrownBy(() -> DittoRoles.of("ditto"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("issuer:subject");
  }
}
