package io.medtwin.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RulePagesTest {

  private static final Path PAGES = Path.of("rules");

  @ParameterizedTest
  @EnumSource(Rule.class)
  void aRuleHasAPageThatSaysWhyHowAndTheCure(Rule rule) throws IOException {
    var page = Path.of("../..").resolve(rule.page());
    assertThat(page.toRealPath()).isEqualTo(PAGES.resolve(rule + ".md").toRealPath());
    assertThat(Files.readString(page))
        .startsWith("# " + rule + " — " + rule.title() + "\n")
        .contains("**Why.**", "**How it is checked.**", "**How to fix.**");
  }

  @Test
  void aPageHasItsRule() throws IOException {
    try (var pages = Files.list(PAGES)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of(Rule.values()).map(rule -> rule + ".md").toList());
    }
  }
}
