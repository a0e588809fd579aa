package io.medtwin.sync;

import io.medtwin.ditto.embedded.EmbeddedDitto;
import io.medtwin.ditto.embedded.EmbeddedDittoConfig;
import java.io.IOException;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract against the endpoint that demos use, in every build. */
class EmbeddedDittoContractTest extends TwinBackendContract {

  @SuppressWarnings("NullAway.Init") // set before any test runs
  private static EmbeddedDitto ditto;

  @BeforeAll
  static void start() throws IOException {
    ditto = EmbeddedDitto.start(EmbeddedDittoConfig.inMemory(InstantSource.system()));
  }

  @AfterAll
  static void stop() {
    ditto.close();
  }

  @Override
  TwinServer server() {
    return of(ditto);
  }

  static TwinServer of(EmbeddedDitto ditto) {
    return new TwinServer(ditto.uri(), "ditto", "ditto", "nginx:ditto");
  }
}
