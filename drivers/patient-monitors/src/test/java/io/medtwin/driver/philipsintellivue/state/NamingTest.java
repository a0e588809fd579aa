package io.medtwin.driver.philipsintellivue.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.driver.philipsintellivue.wire.Attribute;
import io.medtwin.driver.philipsintellivue.wire.AttributeId;
import io.medtwin.driver.philipsintellivue.wire.Attributes;
import io.medtwin.driver.philipsintellivue.wire.Float32;
import io.medtwin.driver.philipsintellivue.wire.NumericValue;
import io.medtwin.driver.philipsintellivue.wire.ObjectClass;
import io.medtwin.driver.philipsintellivue.wire.Observation;
import io.medtwin.driver.philipsintellivue.wire.Pdu.PollResult;
import io.medtwin.driver.philipsintellivue.wire.Pdu.Polled;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamingTest {

  private static final int AIRWAY_RATE = 0x5012;
  private static final int PER_MINUTE = 0x0AE0;
  private static final int VENTILATOR_SETTING = 33_001;
  private static final int MEASURED = 33_002;

  @Test
  void whatIsSetIsNotToldUnderTheNameOfWhatIsMeasured() {
    var first =
        MonitorState.unknown()
            .with(
                result(
                    number(VENTILATOR_SETTING, 12, label(0x0402)),
                    number(MEASURED, 15, label(0x0002))));
    var later = first.next().with(result(number(VENTILATOR_SETTING, 14), number(MEASURED, 16)));

    assertThat(numbers(first.reports()))
        .containsExactly("set-resp-rate-airway 12 /min", "resp-rate-airway 15 /min");
    assertThat(numbers(later.reports()))
        .containsExactly("set-resp-rate-airway 14 /min", "resp-rate-airway 16 /min");
  }

  @Test
  void millilitresHaveTheCodeOfTheStandard() {
    assertThat(Names.unit(0x0652)).isEqualTo("mL"); // MDC_DIM_MILLI_L
    assertThat(Names.unit(0x0612)).isEqualTo("code-0612");
  }

  private static List<String> numbers(List<Report> reports) {
    return reports.stream()
        .filter(report -> report instanceof Reading reading && reading.value() instanceof Numeric)
        .map(Reading.class::cast)
        .map(
            reading -> {
              var value = (Numeric) reading.value();
              return reading.parameter() + " " + value.amount() + " " + value.unit();
            })
        .toList();
  }

  private static PollResult result(Observation... observations) {
    var polled = new Polled(0, ObjectClass.NUMERICS, 0);
    return new PollResult(1003, null, polled, 0, 0, null, List.of(observations));
  }

  private static Observation number(int handle, int amount, Attribute... before) {
    var value =
        new NumericValue(AIRWAY_RATE, 0, PER_MINUTE, Float32.of(BigDecimal.valueOf(amount)));
    var attributes = new ArrayList<>(List.of(before));
    attributes.add(value.toAttribute());
    return new Observation(1, handle, new Attributes(attributes));
  }

  private static Attribute label(int partition) {
    var code = ByteBuffer.allocate(Integer.BYTES).putInt(partition << Short.SIZE | AIRWAY_RATE);
    return Attribute.of(AttributeId.LABEL, code.array());
  }
}
