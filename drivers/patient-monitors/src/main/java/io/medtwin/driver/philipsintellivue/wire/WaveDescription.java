package io.medtwin.driver.philipsintellivue.wire;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a wave is made of.
 *
 * @param spec how samples are sent
 * @param periodTicks from one sample to the next, more than 0
 * @param scale what counts mean; null where it was not told
 * @param unit code of the unit; 0200h, none, where it was not told
 */
public record WaveDescription(SampleSpec spec, long periodTicks, @Nullable Scale scale, int unit) {

  private static final int NO_UNIT = 0x0200;
  private static final int CODE = 0xFFFF;
  private static final int SETTINGS = 0x0402;

  public WaveDescription {
    if (periodTicks < 1) {
      throw new IllegalArgumentException("samples are some ticks apart, not " + periodTicks);
    }
  }

  /** Whether attributes tell something of it. */
  public static boolean isIn(Attributes attributes) {
    return attributes.has(AttributeId.SAMPLE_SPEC)
        || attributes.has(AttributeId.SAMPLE_PERIOD)
        || attributes.has(AttributeId.SCALE);
  }

  /** What a wave is of, by its label: the physiological id that its stretches carry. */
  public static OptionalInt label(Attributes attributes) {
    return wholeLabel(attributes)
        .map(label -> OptionalInt.of((int) (label & CODE)))
        .orElse(OptionalInt.empty());
  }

  /** Whether a label says that this is set, not measured; both share one physiological id. */
  public static boolean isSetting(Attributes attributes) {
    return wholeLabel(attributes).filter(label -> label >> Short.SIZE == SETTINGS).isPresent();
  }

  /** Partition and code. */
  private static Optional<Long> wholeLabel(Attributes attributes) {
    return attributes.find(AttributeId.LABEL).flatMap(value -> Layout.whole(value, Layout::u32));
  }

  /**
   * What attributes tell, laid over what was known.
   *
   * @return empty if spec or period is known from neither, or does not fit
   */
  public static Optional<WaveDescription> of(
      Attributes attributes, @Nullable WaveDescription known) {
    var spec =
        attributes
            .find(AttributeId.SAMPLE_SPEC)
            .map(SampleSpec::parse)
            .orElse(Optional.ofNullable(known).map(WaveDescription::spec));
    var period =
        attributes
            .find(AttributeId.SAMPLE_PERIOD)
            .map(value -> Layout.whole(value, Layout::u32))
            .orElse(Optional.ofNullable(known).map(WaveDescription::periodTicks))
            .filter(ticks -> ticks > 0);
    var scale = attributes.find(AttributeId.SCALE).flatMap(Scale::parse);
    var unit = attributes.find(AttributeId.UNIT).flatMap(WaveDescription::code);
    if (spec.isEmpty() || period.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new WaveDescription(
            spec.get(),
            period.get(),
            scale.orElse(known == null ? null : known.scale()),
            unit.orElse(known == null ? NO_UNIT : known.unit())));
  }

  private static Optional<Integer> code(ByteBuffer value) {
    return Layout.whole(value, Layout::u16);
  }

  /** As attributes, with the label that says what the wave is of. */
  public Attributes toAttributes(int physiologicalId) {
    var label = new WireWriter().u32(0x0002_0000L | physiologicalId).toBytes();
    var period = new WireWriter().u32(periodTicks).toBytes();
    var unitCode = new WireWriter().u16(unit).toBytes();
    var none = new Scale(Float32.NOT_A_NUMBER, Float32.NOT_A_NUMBER, 0, 0);
    return Attributes.of(
        spec.toAttribute(),
        Attribute.of(AttributeId.SAMPLE_PERIOD, period),
        Attribute.of(AttributeId.LABEL, label),
        Attribute.of(AttributeId.UNIT, unitCode),
        (scale == null ? none : scale).toAttribute());
  }
}
