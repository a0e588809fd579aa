package io.medtwin.ditto.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.eclipse.ditto.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistenceTest {
  private static final String PUMP = "/api/2/things/a:1";

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("deep/twins.jsonl");
  }

  private EmbeddedDitto start() throws Exception {
    return EmbeddedDitto.start(
        EmbeddedDittoConfig.inMemory(() -> Instant.parse("2026-02-19T08:00:00Z")).keptIn(file()));
  }

  @Test
  void whatWasStoredIsThereAfterARestartWithItsRevision() throws Exception {
    try (EmbeddedDitto ditto = start();
        Http http = new Http(ditto, "ditto")) {
      http.put(PUMP, "{\"attributes\":{\"a\":1}}");
      http.put(PUMP + "/attributes/a", "2");
      http.put("/api/2/things/a:2", "{}");
      http.delete("/api/2/things/a:2");
    }
    try (EmbeddedDitto ditto = start();
        Http http = new Http(ditto, "ditto")) {
      assertThat(JsonObject.of(http.get(PUMP + "?fields=_revision,_created,attributes").body()))
          .isEqualTo(
              JsonObject.of(
                  "{\"_revision\":2,\"_created\":\"2026-02-19T08:00:00Z\",\"attributes\":{\"a\":2}}"));
      assertThat(http.get("/api/2/things/a:2").statusCode()).isEqualTo(404);
      assertThat(http.put(PUMP + "/attributes/a", "3").statusCode()).isEqualTo(204);
      assertThat(http.get(PUMP).headers().firstValue("etag")).contains("\"rev:3\"");
    }
  }

  @Test
  void aProcessKilledInTheMiddleOfALineLosesThatLineOnly() throws Exception {
    EmbeddedDitto killed = start();
    try (Http http = new Http(killed, "ditto")) {
      http.put(PUMP, "{\"attributes\":{\"a\":1}}");
      Files.writeString(file(), "{\"thing:a:1\":{\"thin", StandardOpenOption.APPEND);
    }
    try (EmbeddedDitto ditto = start();
        Http http = new Http(ditto, "ditto")) {
      assertThat(http.get(PUMP + "/attributes/a").body()).isEqualTo("1");
    }
    killed.close();
  }

  @Test
  void theFileIsReplacedByItsLiveLinesAtStart() throws Exception {
    try (EmbeddedDitto ditto = start();
        Http http = new Http(ditto, "ditto")) {
      http.put(PUMP, "{}");
      for (int n = 0; n < 20; n++) {
        http.put(PUMP + "/attributes/a", String.valueOf(n));
      }
    }
    assertThat(Files.readAllLines(file())).hasSize(22);
    start().close();
    assertThat(Files.readAllLines(file())).hasSize(2);
  }
}
