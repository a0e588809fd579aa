package io.medtwin.driver.jsonfields;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink.Refusal;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedMessageLink;
import io.medtwin.testkit.ScriptedMessageLink.Refused;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One run of the driver over a scripted link, to its end. */
record FieldsRun(ScriptedMessageLink link, RecordingSession session) {

  static FieldsRun run(String fields, Message... messages) {
    return run(Map.of("fields", fields), messages);
  }

  static FieldsRun run(Map<String, String> settings, Message... messages) {
    var session = new RecordingSession(settings);
    var link = new ScriptedMessageLink(LinkKind.MQTT, Arrays.asList(messages));
    assertThatThrownBy(() -> new JsonFieldsDriver().run(link, session))
        .isInstanceOf(EOFException.class);
    return new FieldsRun(link, session);
  }

  /** A message whose content may be written with single quotes. */
  static Message message(@Nullable String device, String content) {
    var octets = content.replace('\'', '"').getBytes(UTF_8);
    return new Message("ward", device, null, Map.of(), ByteBuffer.wrap(octets));
  }

  RecordingSession device(String id) {
    return Objects.requireNonNull(session.devices().get(id), "nothing was said of " + id);
  }

  List<Refusal> refusals() {
    return link.refusals().stream().map(Refused::kind).toList();
  }
}
