package io.medtwin.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.ReadOnlyBufferException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportTest {

  @Test
  void aNumberKeepsTheScaleItWasSentWith() {
    assertThat(Numeric.of("5.00", "ml/h")).isNotEqualTo(Numeric.of(5, "ml/h"));
    assertThat(Numeric.of("5.00", "ml/h").amount()).isEqualTo(new BigDecimal("5.00"));
    assertThatThrownBy(() -> Numeric.of("NaN", "%")).isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> Numeric.of(5, " ")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReadingOfEachValueHasAShortWordForIt() {
    assertThat(Reading.number("rate", "5.00", "mL/h"))
        .isEqualTo(Reading.of("rate", Numeric.of("5.00", "mL/h")))
        .isNotEqualTo(Reading.number("rate", 5, "mL/h"));
    assertThat(Reading.coded("mode", "infusing").value()).isEqualTo(new Coded("infusing"));
    assertThat(Reading.text("filter", "Bed 7").value()).isEqualTo(new Text("Bed 7"));
    assertThat(Reading.absent("rate").value()).isEqualTo(new Absent(Absent.Reason.NOT_AVAILABLE));
    assertThatThrownBy(() -> Reading.number("rate", "--", "mL/h"))
        .isInstanceOf(NumberFormatException.class);
  }

  @Test
  void flagsOfAReadingAddUpAndCannotBeChangedFromOutside() {
    var flags = new HashSet<>(Set.of(Reading.Flag.EARLY));
    var reading = new Reading("spo2", Numeric.of(97, "%"), flags, null);
    flags.clear();

    var more = reading.with(Reading.Flag.DEMO).with(Set.of(Reading.Flag.TEST));

    assertThat(reading.flags()).containsExactly(Reading.Flag.EARLY);
    assertThat(more.flags())
        .containsExactlyInAnyOrder(Reading.Flag.EARLY, Reading.Flag.DEMO, Reading.Flag.TEST);
    assertThat(reading.with(Set.of())).isSameAs(reading);
  }

  @Test
  void samplesAreReadOnlyAndEachViewHasItsOwnPosition() {
    var samples = Samples.of(new int[] {1, 2, 3}, 75, 1, 0, "1");
    samples.raw().get();

    assertThat(samples.raw().remaining()).isEqualTo(3);
    assertThatThrownBy(() -> samples.raw().put(0, 9)).isInstanceOf(ReadOnlyBufferException.class);
    assertThat(samples).isEqualTo(Samples.of(new int[] {1, 2, 3}, 75, 1, 0, "1"));
  }

  @Test
  void samplesThatCannotBeScaledOrAreTooManyCannotBeBuilt() {
    var none = IntBuffer.allocate(0);
    assertThatThrownBy(() -> new Samples(none, 0, 1, 0, "1"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Samples(none, 75, Double.NaN, 0, "1"))
        .isInstanceOf(IllegalArgumentException.class);
    var tooMany = IntBuffer.allocate(Samples.MAX_COUNT + 1);
    assertThatThrownBy(() -> new Samples(tooMany, 75, 1, 0, "1"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void anIdentitySaysOnlyWhatIsKnown() {
    var identity =
        Identity.of(Identity.Attribute.SERIAL, "1").with(Identity.Attribute.FIRMWARE, "48");

    assertThat(identity.attributes()).hasSize(2);
    assertThatThrownBy(() -> Identity.of(Identity.Attribute.SERIAL, " "))
        .hasMessageContaining("SERIAL");
    assertThatThrownBy(() -> new Identity(Map.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMessageNeverPrintsItsContent() {
    var message = Message.text("ward/bed-1", "text/plain", "secret");

    assertThat(message.toString()).contains("6 bytes").doesNotContain("secret");
    message.payload().get();
    assertThat(message.payload().remaining()).isEqualTo(6);
    assertThat(message.bytes()).hasSize(6);
    var array = new byte[] {1};
    var copied = new Message("a", null, null, Map.of(), ByteBuffer.wrap(array)).bytes();
    array[0] = 2;
    assertThat(copied).containsExactly(1);
  }

  @Test
  void aDescriptorThatAGatewayCannotUseCannotBeBuilt() {
    Set<LinkKind> serial = Set.of(LinkKind.SERIAL);
    var twice = List.<Setting<?>>of(Setting.text("a", "", "x"), Setting.text("a", "", "y"));

    assertThatThrownBy(() -> new DriverDescriptor("Alaris", "1.0.0", "x", serial, List.of()))
        .hasMessageContaining("Alaris");
    assertThatThrownBy(() -> new DriverDescriptor("a", "1.0", "x", serial, List.of()))
        .hasMessageContaining("1.0");
    assertThatThrownBy(() -> new DriverDescriptor("a", "1.0.0", "x", Set.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DriverDescriptor("a", "1.0.0", "x", serial, twice))
        .hasMessageContaining("share a name");
  }
}
