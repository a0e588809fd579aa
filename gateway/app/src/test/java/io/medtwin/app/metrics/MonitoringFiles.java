package io.medtwin.app.metrics;

import io.medtwin.app.TestInstallation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Dashboard and alert rules of {@code docker/}. */
final class MonitoringFiles {

  static final Path DASHBOARD = TestInstallation.ROOT.resolve("docker/grafana/medtwin.json");
  static final Path PROMETHEUS = TestInstallation.ROOT.resolve("docker/prometheus");

  private static final Pattern METRIC =
      Pattern.compile("\\b(?:medtwin|process|system|jvm)_[a-z0-9_]+\\b|\\bup\\b");
  private static final Pattern IN_QUOTES = Pattern.compile("\"[^\"]*\"");

  private MonitoringFiles() {}

  static JsonNode dashboard() throws IOException {
    return new JsonMapper().readTree(Files.readString(DASHBOARD));
  }

  /** Every expression of the dashboard, those of variables among them. */
  static List<String> asked() throws IOException {
    var found = new ArrayList<String>();
    for (String key : List.of("expr", "query", "definition")) {
      dashboard()
          .findValues(key)
          .forEach(
              one -> {
                if (one.isString()) {
                  found.add(one.asString());
                }
              });
    }
    return found;
  }

  /** Every alert rule, as read. */
  static List<JsonNode> rules() throws IOException {
    var read =
        new Load(LoadSettings.builder().build())
            .loadFromString(Files.readString(PROMETHEUS.resolve("medtwin-alerts.yaml")));
    var rules = new ArrayList<JsonNode>();
    JsonNode tree = new JsonMapper().valueToTree(read);
    tree.path("groups").forEach(group -> group.path("rules").forEach(rules::add));
    return rules;
  }

  /** Metrics that an expression asks for; what stands in quotes are values of labels. */
  static Set<String> metrics(String expression) {
    var names = new TreeSet<String>();
    METRIC
        .matcher(IN_QUOTES.matcher(expression).replaceAll(""))
        .results()
        .forEach(found -> names.add(found.group()));
    return names;
  }
}
