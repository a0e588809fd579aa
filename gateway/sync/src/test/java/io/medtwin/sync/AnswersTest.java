package io.medtwin.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.twin.backend.Answer;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.protocol.Adaptable;
import org.eclipse.ditto.protocol.ProtocolFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

  @ParameterizedTest
  @ValueSource(ints = {200, 201, 204})
  void successIsStored(int status) {
    assertThat(Answers.of(reply(status))).isEqualTo(new Answer.Stored());
  }

  @Test
  void aFailedConditionIsOutdated() {
    assertThat(Answers.of(reply(412))).isEqualTo(new Answer.Outdated(0));
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 405, 406, 409, 410, 413, 415, 422, 431})
  void whatTryingAgainWillNotChangeIsRefused(int status) {
    assertThat(Answers.of(reply(status))).isEqualTo(new Answer.Refused(status, "code: message"));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404})
  void aMissingRightOrThingIsNotProvisioned(int status) {
    assertThat(Answers.of(reply(status)))
        .isEqualTo(new Answer.NotProvisioned(status, "code: message"));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 421, 424, 425, 429, 500, 502, 503, 504, 599})
  void whatMayPassIsBusy(int status) {
    assertThat(Answers.of(reply(status))).isEqualTo(new Answer.Busy(status, "code: message"));
  }

  @Test
  void noReplyIsBusyWithoutAStatus() {
    assertThat(Answers.of(Reply.none("connection lost")))
        .isEqualTo(new Answer.Busy(0, "connection lost"));
  }

  @Test
  void anErrorIsReadFromItsEnvelope() {
    Reply reply = Reply.of(error("things:thing.notfound", "The Thing is not there."));

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.why()).isEqualTo("things:thing.notfound: The Thing is not there.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json.invalid", "wot:payload.validation.error"})
  void aMessageThatMayQuoteThePayloadIsDropped(String code) {
    assertThat(Reply.of(error(code, "cannot be: Mrs. X")).why()).isEqualTo(code);
  }

  @Test
  void aLongMessageIsCut() {
    assertThat(Reply.of(error("things:x", "y".repeat(10_000))).why()).hasSizeLessThan(300);
  }

  private static Reply reply(int status) {
    return new Reply(status, "code", "message", JsonFactory.nullLiteral());
  }

  private static Adaptable error(String code, String message) {
    return ProtocolFactory.jsonifiableAdaptableFromJson(
        JsonFactory.newObjectBuilder()
            .set("topic", "io.medtwin.contract/x/things/twin/errors")
            .set("headers", JsonFactory.newObject())
            .set("path", "/")
            .set(
                "value",
                JsonFactory.newObjectBuilder()
                    .set("status", 404)
                    .set("error", code)
                    .set("message", message)
                    .build())
            .set("status", 404)
            .build());
  }
}
