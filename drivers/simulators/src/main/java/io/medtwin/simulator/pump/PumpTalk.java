package io.medtwin.simulator.pump;

import io.medtwin.driver.alarisasena.AsenaCodec;
import io.medtwin.driver.alarisasena.AsenaFrame;
import io.medtwin.driver.alarisasena.Decoded;
import io.medtwin.driver.alarisasena.InfusionStatus;
import io.medtwin.driver.alarisasena.SyringeStatus;
import io.medtwin.driver.alarisasena.TimeRemaining;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The pump's half of the conversation: bytes of requests in, bytes of answers out. A question gets
 * its answer. Everything that would take remote control or change the infusion is ignored and
 * counted, as by a pump whose remote control is switched off; so are frames with a wrong CRC and
 * questions it does not know. Used by one thread.
 */
final class PumpTalk {
  private static final int NANOLITRES_DIGITS = 6; // 1 ml = 10^6 nl
  private static final String RATE_UNIT = "ml/h";
  private static final String VOLUME_UNIT = "ml";

  private final PumpSheet sheet;
  private final byte[] collected = new byte[AsenaCodec.MAX_FRAME_BYTES];
  private int count;
  private long ignored;

  PumpTalk(PumpSheet sheet) {
    this.sheet = sheet;
  }

  /** Requests that got no answer. */
  long ignored() {
    return ignored;
  }

  /** Answers to the requests that these bytes complete. */
  List<byte[]> answers(ByteBuffer received, Infusion infusion) {
    var answers = new ArrayList<byte[]>();
    while (received.hasRemaining()) {
      byte next = received.get();
      if (next == AsenaCodec.START || count == collected.length) {
        count = 0;
      }
      collected[count++] = next;
      if (next == AsenaCodec.END) {
        var request = AsenaCodec.decode(ByteBuffer.wrap(collected, 0, count).slice());
        count = 0;
        answer(request, infusion)
            .ifPresentOrElse(a -> answers.add(AsenaCodec.encode(a)), this::ignore);
      }
    }
    return answers;
  }

  private void ignore() {
    ignored++;
  }

  private Optional<AsenaFrame> answer(Decoded request, Infusion infusion) {
    return switch (request) {
      case Decoded.Rejected rejected -> Optional.empty();
      case AsenaFrame frame when frame.fields().size() > 1 ->
          Optional.empty(); // would set something
      case AsenaFrame frame -> answer(frame.command(), infusion);
    };
  }

  private Optional<AsenaFrame> answer(String question, Infusion infusion) {
    return switch (question) {
      case "INST_SERIALNO" -> Optional.of(AsenaFrame.of(question, sheet.serial()));
      case "COMMS_PROTOCOL" -> Optional.of(AsenaFrame.of(question, "Asena Rev 2.1.5"));
      case "COMMS_RESPONSE_MAX" -> Optional.of(AsenaFrame.of(question, "4000", "ms"));
      case "INF" -> Optional.of(status(infusion).toFrame());
      case "INF_RATE" ->
          Optional.of(AsenaFrame.of(question, rate(infusion).toPlainString(), RATE_UNIT));
      case "INF_RATE_MAX_SYRINGE" -> Optional.of(AsenaFrame.of(question, "1200.0", RATE_UNIT));
      case "INF_VI" ->
          Optional.of(
              AsenaFrame.of(question, volume(infusion.infused()).toPlainString(), VOLUME_UNIT));
      case "INF_VTBI" -> Optional.of(AsenaFrame.of(question, "DEACT"));
      case "ALARM" -> Optional.of(AsenaFrame.of(question, infusion.alarm().name(), "", ""));
      case "SYRINGE_STATUS" ->
          Optional.of(
              new SyringeStatus("BD PLASTIPAK", new BigDecimal(sheet.syringeMillilitres()), true)
                  .toFrame());
      default -> Optional.empty();
    };
  }

  private InfusionStatus status(Infusion infusion) {
    var alarm = infusion.alarm();
    return new InfusionStatus(
        sheet.serial(),
        alarm == Infusion.Alarm.AL_NOALM ? null : alarm.name(),
        "SET",
        rate(infusion),
        RATE_UNIT,
        sheet.drug(),
        volume(infusion.infused()),
        VOLUME_UNIT,
        new BigDecimal(infusion.pressure()),
        "mmHg",
        timeRemaining(infusion),
        infusion.running() ? "EVENT" : "STOP",
        infusion.logNumber());
  }

  private static BigDecimal rate(Infusion infusion) {
    long now = infusion.running() ? infusion.rateNanolitresPerHour() : 0;
    return BigDecimal.valueOf(now, NANOLITRES_DIGITS).setScale(2, RoundingMode.HALF_EVEN);
  }

  private static BigDecimal volume(long nanolitres) {
    return BigDecimal.valueOf(nanolitres, NANOLITRES_DIGITS).setScale(3, RoundingMode.DOWN);
  }

  private static TimeRemaining timeRemaining(Infusion infusion) {
    var left = infusion.timeRemaining();
    return left.toHours() >= 24
        ? new TimeRemaining.Over24Hours()
        : new TimeRemaining.Exactly(left.truncatedTo(ChronoUnit.SECONDS));
  }
}
