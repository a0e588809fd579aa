package io.medtwin.sync;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ComposeContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** The contract against the Ditto of {@code docker/compose.yaml}, where Docker is. */
@EnabledIf(
    value = "canStart",
    disabledReason = "no Docker here, or no docker/compose.yaml, to start a Ditto from")
class ComposedDittoContractTest extends TwinBackendContract {

  private static final Path COMPOSE = Path.of("../../docker/compose.yaml");
  private static final String SERVICE = "nginx";
  private static final int PORT = 8080;

  private static @Nullable ComposeContainer containers;
  private static URI base = URI.create("http://not.started");

  static boolean canStart() {
    return Files.exists(COMPOSE) && DockerClientFactory.instance().isDockerAvailable();
  }

  @BeforeAll
  static void start() {
    ComposeContainer started =
        new ComposeContainer(COMPOSE.toFile())
            .withExposedService(
                SERVICE,
                PORT,
                Wait.forHttp("/api/2/things?fields=thingId")
                    .withBasicCredentials("ditto", "ditto")
                    .withStartupTimeout(Duration.ofMinutes(5)));
    containers = started;
    started.start();
    base =
        URI.create(
            "http://"
                + started.getServiceHost(SERVICE, PORT)
                + ":"
                + started.getServicePort(SERVICE, PORT));
  }

  @AfterAll
  static void stop() {
    if (containers != null) {
      containers.stop();
    }
  }

  @Override
  TwinServer server() {
    return new TwinServer(base, "ditto", "ditto", "nginx:ditto");
  }
}
