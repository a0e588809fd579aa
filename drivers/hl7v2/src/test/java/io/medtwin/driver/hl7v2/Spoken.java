package io.medtwin.driver.hl7v2;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.testkit.RecordingSession;
import io.medtwin.testkit.ScriptedMessageLink;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One run of the driver over some texts, and all that came out of it. */
record Spoken(RecordingSession session, ScriptedMessageLink link) {

  static Spoken of(String... messages) throws InterruptedException, IOException {
    var link =
        new ScriptedMessageLink(LinkKind.MLLP, Stream.of(messages).map(Spoken::message).toList());
    var session = new RecordingSession(Map.of());
    try {
      new Hl7v2Driver().run(link, session);
    } catch (EOFException e) {
      return new Spoken(session, link);
    }
    throw new AssertionError("the driver left by itself");
  }

  private static Message message(String text) {
    return new Message(
        "192.0.2.7", null, Answers.HL7, Map.of(), ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
  }

  static String text(Message message) {
    return new String(message.bytes(), ISO_8859_1);
  }

  List<String> lines() {
    return session.lines();
  }

  /** Code of the answer (MSA-1), or {@code none}. */
  static String code(List<Message> answers) {
    return answers.isEmpty() ? "none" : text(answers.get(0)).split("\rMSA\\|")[1].split("\\|")[0];
  }
}
