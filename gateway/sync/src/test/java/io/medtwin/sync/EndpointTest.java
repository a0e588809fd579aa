package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "http://ditto:8080,             ws://ditto:8080/ws/2,              ditto, 8080",
    "https://ditto.example.org,     wss://ditto.example.org/ws/2,      ditto.example.org, 443",
    "HTTPS://ditto.example.org/,    wss://ditto.example.org/ws/2,      ditto.example.org, 443",
    "ws://ditto/ward/,              ws://ditto/ward/ws/2,              ditto, 80",
    "wss://ditto/ws/2,              wss://ditto/ws/2,                  ditto, 443",
    "http://[::1]:8080/ward/ws/2/,  ws://[::1]:8080/ward/ws/2,         ::1, 8080",
  })
  void theWebSocketIsFoundFromTheBaseAddress(URI base, URI webSocket, String host, int port) {
    Endpoint endpoint = Endpoint.of(base);

    assertThat(endpoint.webSocket()).isEqualTo(webSocket);
    assertThat(endpoint.host()).isEqualTo(host);
    assertThat(endpoint.port()).isEqualTo(port);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://ditto", "ditto:8080", "/ws/2", "http:///x", "http://d?x=1", "http://d#x"})
  void whatIsNoEndpointIsRefused(URI base) {
    assertThatThrownBy(() -> Endpoint.of(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("e.g. https://");
  }

  @org.junit.jupiter.api.Test
  void credentialsInTheAddressAreRefusedAndNotRepeated() {
    assertThatThrownBy(() -> Endpoint.of(URI.create("http://user:secret@ditto")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}
