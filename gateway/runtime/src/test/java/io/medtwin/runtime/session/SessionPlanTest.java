package io.medtwin.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.Driver;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.transport.Transport;
import io.medtwin.spi.transport.Wire;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionPlanTest {

  /** Else the same recording is replayed to other bytes in another process. */
  @Test
  void devicesBehindAHubKeepTheirOrder() {
    var behind = new LinkedHashMap<String, String>();
    for (int i = 40; i > 0; i--) {
      behind.put("address-" + i, "device-" + i);
    }

    var plan =
        new SessionPlan(
            "hub", SessionPlanTest::none, new Nowhere(), Map.of(), Optional.empty(), behind);

    assertThat(plan.behind().values()).containsExactlyElementsOf(behind.values());
  }

  private static Driver none() {
    throw new IllegalStateException("nobody drives here");
  }

  private static final class Nowhere implements Transport {
    @Override
    public String name() {
      return "nowhere";
    }

    @Override
    public LinkKind kind() {
      return LinkKind.MQTT;
    }

    @Override
    public Wire open() throws IOException {
      throw new IOException("leads nowhere");
    }
  }
}
