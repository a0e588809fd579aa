package io.medtwin.driver.declared;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.driver.gattvitals.GattVitalsDriver;
import io.medtwin.driver.jsonfields.JsonFieldsDriver;
import io.medtwin.driver.senml.SenmlDriver;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedMessageLink;
import io.medtwin.testkit.Transcript;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What wearables say, under the settings of the shipped profiles. Their drivers' rules are tested
 * beside the drivers; here it is about each profile and the octets of one device of its kind.
 */
class WearableProfilesTest {

  static Stream<Arguments> conversations() {
    return Stream.of(
            kind("gatt-heart-rate", LinkKind.BLE, new GattVitalsDriver()),
            kind("gatt-pulse-oximeter", LinkKind.BLE, new GattVitalsDriver()),
            kind("gatt-thermometer", LinkKind.BLE, new GattVitalsDriver()),
            kind("gatt-blood-pressure", LinkKind.BLE, new GattVitalsDriver()),
            kind("senml-patch", LinkKind.MQTT, new SenmlDriver()),
            kind("json-watch", LinkKind.MQTT, new JsonFieldsDriver()))
        .flatMap(conversations -> conversations);
  }

  private static Stream<Arguments> kind(String profile, LinkKind link, MessageDriver driver) {
    return ShippedProfile.transcripts(profile)
        .map(transcript -> Arguments.of(profile, link, driver, transcript));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("conversations")
  void aProfileMakesOfTheOctetsWhatTheTranscriptLists(
      String profile, LinkKind kind, MessageDriver driver, Transcript transcript) throws Exception {
    var session = new RecordingSession(transcript.settings());
    try {
      driver.run(new ScriptedMessageLink(kind, messages(transcript)), session);
    } catch (EOFException e) {
      // the end of the conversation
    }

    assertThat(session.lines()).as(profile).containsExactlyElementsOf(transcript.expected());
    assertThat(session.discarded()).isEmpty();
  }

  private static List<Message> messages(Transcript transcript) {
    var messages = new ArrayList<Message>();
    for (Transcript.Turn turn : transcript.turns()) {
      if (turn instanceof Transcript.Arrival(Message message)) {
        messages.add(message);
      }
    }
    return messages;
  }
}
