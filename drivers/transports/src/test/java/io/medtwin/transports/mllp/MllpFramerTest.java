package io.medtwin.transports.mllp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MllpFramerTest {

  private static final String VT = "\u000b";
  private static final String END = "\u001c\r";

  private final MllpFramer framer = new MllpFramer(1_000);
  private final List<String> messages = new ArrayList<>();

  @Test
  void severalFramesInOneReadAreSeveralMessages() {
    take(VT + "MSH|1\r" + END + VT + "MSH|2\r" + END);

    assertThat(messages).containsExactly("MSH|1\r", "MSH|2\r");
    assertThat(framer.noiseBytes()).isZero();
  }

  @Test
  void noiseBetweenFramesIsCountedAndCostsNoMessage() {
    take("xyz" + VT + "MSH|1\r" + END + "\r\n??" + VT + "MSH|2\r" + END);

    assertThat(messages).containsExactly("MSH|1\r", "MSH|2\r");
    assertThat(framer.noiseBytes()).isEqualTo(6);
  }

  @Test
  void aStartInsideAFrameDropsWhatWasBegun() {
    take(VT + "MSH|1" + VT + "MSH|2\r" + END);

    assertThat(messages).containsExactly("MSH|2\r");
    assertThat(framer.droppedFrames()).isEqualTo(1);
  }

  @Test
  void anEndByteWithoutItsCarriageReturnIsContent() {
    take(VT + "a\u001cb\u001c\u001c\r");

    assertThat(messages).containsExactly("a\u001cb\u001c");
  }

  @Test
  void aMessageThatIsTooLongEndsTheConnection() {
    assertThat(framer.take((VT + "x".repeat(1_001)).getBytes(US_ASCII), m -> {})).isFalse();
    assertThat(framer.droppedFrames()).isEqualTo(1);
  }

  @Test
  void messagesDoNotDependOnHowBytesArrive() {
    var wire = new ByteArrayOutputStream();
    var sent = new ArrayList<String>();
    var random = new SplittableRandom(7);
    for (int i = 0; i < 50; i++) {
      var text = "MSH|" + i + "\r" + "x".repeat(random.nextInt(90));
      sent.add(text);
      wire.writeBytes(MllpFramer.frame(text.getBytes(US_ASCII)));
    }
    var bytes = wire.toByteArray();
    for (int seed = 0; seed < 20; seed++) {
      var cuts = new SplittableRandom(seed);
      var again = new MllpFramer(1_000);
      messages.clear();
      for (int at = 0; at < bytes.length; ) {
        int end = Math.min(bytes.length, at + 1 + cuts.nextInt(60));
        again.take(Arrays.copyOfRange(bytes, at, end), m -> messages.add(new String(m, US_ASCII)));
        at = end;
      }
      assertThat(messages).isEqualTo(sent);
    }
  }

  private void take(String text) {
    assertThat(framer.take(text.getBytes(US_ASCII), m -> messages.add(new String(m, US_ASCII))))
        .isTrue();
  }
}
