package io.medtwin.app.metrics;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import io.medtwin.app.TestInstallation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The catalogue as the middle of the console's page, plain HTML. */
final class MetricsPage {

  static final Path FILE =
      TestInstallation.ROOT.resolve(
          "gateway/console/src/main/resources/io/medtwin/console/pages/metrics.html");

  private static final String BEGIN = "      <section id=\"metrics\" aria-label=\"Metrics\">";
  private static final String END = "</section>\n    </main>";

  private MetricsPage() {}

  /** The page with what the catalogue says in its middle, everything else as it is. */
  static String with(String page, Catalogue catalogue) {
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (begin < BEGIN.length() || end < begin) {
      throw new AssertionError(FILE + " has no place for the metrics");
    }
    var sections =
        catalogue.all().stream()
            .collect(groupingBy(Explained::section, LinkedHashMap::new, Collectors.toList()));
    var middle = new StringBuilder("\n");
    sections.forEach((name, metrics) -> middle.append(section(name, metrics)));
    return page.substring(0, begin) + middle + "      " + page.substring(end);
  }

  private static String section(String name, List<Explained> metrics) {
    return """
            <h2>%1$s</h2>
            <div class="scroll spaced" role="group" aria-label="%1$s" tabindex="0">
              <table class="table">
                <thead><tr><th scope="col">Metric</th><th scope="col">Means</th><th scope="col">When it is off</th></tr></thead>
                <tbody>
    %2$s            </tbody>
              </table>
            </div>
    """
        .formatted(
            escaped(name), metrics.stream().map(MetricsPage::row).collect(Collectors.joining()));
  }

  private static String row(Explained metric) {
    var labels =
        metric.labels().isEmpty()
            ? ""
            : "<br>" + metric.labels().stream().map(MetricsPage::escaped).collect(joining("<br>"));
    return "              <tr id=\"%1$s\"><th scope=\"row\"><code>%1$s</code><div class=\"small\">%2$s, %3$s%4$s</div></th><td>%5$s</td><td>%6$s</td></tr>\n"
        .formatted(
            metric.name(),
            metric.type().name().toLowerCase(Locale.ROOT),
            escaped(metric.unit()),
            labels,
            escaped(metric.meaning()),
            escaped(metric.remedy()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
