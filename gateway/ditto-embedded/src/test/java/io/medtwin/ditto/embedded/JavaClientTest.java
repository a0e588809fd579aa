package io.medtwin.ditto.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.client.DittoClient;
import org.eclipse.ditto.client.DittoClients;
import org.eclipse.ditto.client.changes.ThingChange;
import org.eclipse.ditto.client.configuration.BasicAuthenticationConfiguration;
import org.eclipse.ditto.client.configuration.WebSocketMessagingConfiguration;
import org.eclipse.ditto.client.messaging.AuthenticationProviders;
import org.eclipse.ditto.client.messaging.MessagingProviders;
import org.eclipse.ditto.client.options.Options;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.eclipse.ditto.things.model.signals.commands.exceptions.ThingConditionFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JavaClientTest {
  private static final long SECONDS = 10;
  private static final ThingId PUMP = ThingId.of("clinic.north.pump", "3f0c7f0e");

  private EmbeddedDitto ditto;
  private DittoClient client;
  private DittoClient other;

  @BeforeEach
  void connect() throws Exception {
    ditto = EmbeddedDitto.start(EmbeddedDittoConfig.inMemory(Clock.systemUTC()));
    client = client();
    other = client();
  }

  @AfterEach
  void disconnect() {
    client.destroy();
    other.destroy();
    ditto.close();
  }

  private DittoClient client() throws Exception {
    var messaging =
        MessagingProviders.webSocket(
            WebSocketMessagingConfiguration.newBuilder()
                .endpoint(ditto.socketUri().toString())
                .timeout(Duration.ofSeconds(SECONDS))
                .build(),
            AuthenticationProviders.basic(
                BasicAuthenticationConfiguration.newBuilder()
                    .username("ditto")
                    .password("ditto")
                    .build()));
    return got(DittoClients.newInstance(messaging).connect());
  }

  private static <T> T got(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
  }

  private static Thing pump(String attributes) {
    return ThingsModelFactory.newThingBuilder().setId(PUMP).setAttributes(attributes).build();
  }

  private Thing retrieved() throws Exception {
    return got(client.twin().forId(PUMP).retrieve());
  }

  @Test
  void aThingIsCreatedMergedRetrievedAndDeleted() throws Exception {
    Thing created = got(client.twin().create(pump("{\"class\":\"infusion-pump\",\"bed\":1}")));
    assertThat(created.getPolicyEntityId()).map(Object::toString).contains(PUMP.toString());

    got(client.twin().forId(PUMP).mergeAttribute("bed", JsonFactory.nullLiteral()));
    got(client.twin().forId(PUMP).mergeAttribute("serial", JsonValue.of("SN-004711")));
    assertThat(retrieved().getAttributes().orElseThrow())
        .isEqualTo(
            ThingsModelFactory.newAttributes(
                "{\"class\":\"infusion-pump\",\"serial\":\"SN-004711\"}"));

    got(client.twin().delete(PUMP));
    assertThatThrownBy(this::retrieved).hasMessageContaining("could not be found");
  }

  @Test
  void aWholeThingIsPutTwice() throws Exception {
    assertThat(got(client.twin().put(pump("{\"n\":1}")))).isPresent();
    assertThat(got(client.twin().put(pump("{\"n\":2}")))).isEmpty();
    assertThat(retrieved().getAttributes().orElseThrow().toString()).isEqualTo("{\"n\":2}");
  }

  @Test
  void aMergeOfAWholeThingWhoseConditionFailsChangesNothing() throws Exception {
    got(client.twin().create(pump("{\"seq\":5}")));
    assertThatThrownBy(
            () ->
                got(
                    client
                        .twin()
                        .merge(
                            PUMP, pump("{\"seq\":4}"), Options.condition("lt(attributes/seq,4)"))))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(ThingConditionFailedException.class);
    got(client.twin().merge(PUMP, pump("{\"seq\":6}"), Options.condition("lt(attributes/seq,6)")));
    assertThat(retrieved().getAttributes().orElseThrow().toString()).isEqualTo("{\"seq\":6}");
    assertThat(ditto.counters().answered(HttpStatus.PRECONDITION_FAILED.getCode())).isEqualTo(1);
  }

  @Test
  void aFilteredSubscriptionGetsWhatOthersChangeAndNotItsOwn() throws Exception {
    BlockingQueue<ThingChange> changes = new LinkedBlockingQueue<>();
    got(client.twin().startConsumption(Options.Consumption.filter("gt(attributes/seq,1)")));
    client.twin().registerForThingChanges("changes", changes::add);

    got(client.twin().create(pump("{\"seq\":7}"))); // its own
    got(other.twin().forId(PUMP).mergeAttribute("seq", JsonValue.of(1))); // filtered out
    got(other.twin().forId(PUMP).mergeAttribute("seq", JsonValue.of(2)));

    ThingChange change = changes.poll(SECONDS, TimeUnit.SECONDS);
    assertThat(change).isNotNull();
    assertThat(change.getRevision()).isEqualTo(3);
    assertThat(change.getValue().map(Object::toString)).contains("{\"attributes\":{\"seq\":2}}");
    assertThat(changes).isEmpty();
  }
}
