package io.medtwin.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsPageTest {

  private static final Pattern ROW = Pattern.compile("<tr id=\"([a-z0-9_]+)\">");

  private final Catalogue catalogue = Catalogue.read();

  /** With {@code -Dmedtwin.write=true} it is written instead. */
  @Test
  void thePageSaysWhatTheCatalogueSays() throws IOException {
    var page = Files.readString(MetricsPage.FILE);
    var right = MetricsPage.with(page, catalogue);
    if (Boolean.getBoolean("medtwin.write") && !right.equals(page)) {
      Files.writeString(MetricsPage.FILE, right);
      page = right;
    }

    assertThat(page)
        .as("%s; the head of catalogue.txt tells how it is written", MetricsPage.FILE)
        .isEqualTo(right);
    assertThat(ROW.matcher(page).results().map(row -> row.group(1)))
        .hasSizeGreaterThan(50)
        .containsExactlyElementsOf(catalogue.all().stream().map(Explained::name).toList());
  }

  @Test
  void aPageWithoutOneMetricIsFound() throws IOException {
    var page = Files.readString(MetricsPage.FILE);
    var shorter = page.replaceFirst("(?m)^ *<tr id=\"medtwin_ledger_exact\">.*\n", "");

    assertThat(shorter).isNotEqualTo(page).isNotEqualTo(MetricsPage.with(shorter, catalogue));
  }

  /** Names are what dashboards of others are made of: taking one away must be meant. */
  @Test
  void namesFollowTheConventionsOfPrometheus() {
    assertThat(catalogue.all())
        .allSatisfy(
            metric -> {
              assertThat(metric.name()).matches("(medtwin|process|system|jvm)_[a-z0-9_]+");
              assertThat(metric.name().endsWith("_total"))
                  .as(metric.name())
                  .isEqualTo(metric.type() == Explained.Type.COUNTER);
              assertThat(metric.name()).doesNotContain("millis", "_ms", "minutes");
              assertThat(metric.meaning()).endsWith(".");
              assertThat(metric.remedy()).endsWith(".");
              if (metric.unit().equals("seconds") || metric.unit().equals("bytes")) {
                assertThat(metric.name()).contains("_" + metric.unit());
              }
            });
  }

  @Test
  void aMetricWithoutARemedyOrExplainedTwiceIsNoCatalogue() {
    var one = "= A\nx_total | counter | things |\n? What.\n";
    assertThatThrownBy(() -> Catalogue.of(one)).hasMessageContaining("expected a line with !");
    assertThatThrownBy(() -> Catalogue.of(one + "! Do.\n" + one + "! Do.\n"))
        .hasMessageContaining("explained twice");
    assertThatThrownBy(() -> Catalogue.of(one.replace(" |\n", "\n") + "! Do.\n"))
        .hasMessageContaining("name | type | unit | labels");
  }
}
