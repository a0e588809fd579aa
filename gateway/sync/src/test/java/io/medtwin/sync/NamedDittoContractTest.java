package io.medtwin.sync;

import java.net.URI;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract against any Ditto that the environment names: {@code MEDTWIN_DITTO_URL}, with {@code
 * MEDTWIN_DITTO_USER}, {@code MEDTWIN_DITTO_PASSWORD} (both {@code ditto} if not set) and {@code
 * MEDTWIN_DITTO_SUBJECT} ({@code nginx:} and the user if not set).
 */
@EnabledIfEnvironmentVariable(
    named = "MEDTWIN_DITTO_URL",
    matches = "http.+",
    disabledReason = "no Ditto is named; set MEDTWIN_DITTO_URL, e.g. http://localhost:8080")
class NamedDittoContractTest extends TwinBackendContract {

  @Override
  TwinServer server() {
    String user = environment("MEDTWIN_DITTO_USER", "ditto");
    return new TwinServer(
        URI.create(environment("MEDTWIN_DITTO_URL", "")),
        user,
        environment("MEDTWIN_DITTO_PASSWORD", "ditto"),
        environment("MEDTWIN_DITTO_SUBJECT", "nginx:" + user));
  }

  private static String environment(String name, String otherwise) {
    String value = System.getenv(name);
    return value == null ? otherwise : value;
  }
}
