package io.medtwin.driver.gattvitals;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Weight Measurement 2A9D. Octet 0 holds flags: 0 imperial, 1 time, 2 user, 3 BMI and height. Then
 * weight uint16 in 0.005 kg or 0.01 lb, and what the flags announce, in that order (Weight Scale
 * Service 1.0).
 *
 * @param unit metric (kg, m) or imperial (lb, in)
 * @param rawWeight 0 to 65535 in steps of {@link Unit}; 65535 means that the measurement failed
 * @param time the device's wall clock, or null
 * @param userId which of its users the scale thinks it weighed, 255 unknown, or null; belongs in no
 *     reading, it points at a person
 * @param body BMI and height, or null
 */
public record Weight(
    Unit unit,
    int rawWeight,
    @Nullable GattDateTime time,
    @Nullable Integer userId,
    @Nullable Body body) {

  /** Units and steps of weight and height. */
  public enum Unit {
    METRIC("kg", "0.005", "m", "0.001"),
    IMPERIAL("[lb_av]", "0.01", "[in_i]", "0.1");

    private final String weightUnit;
    private final BigDecimal weightStep;
    private final String heightUnit;
    private final BigDecimal heightStep;

    Unit(String weightUnit, String weightStep, String heightUnit, String heightStep) {
      this.weightUnit = weightUnit;
      this.weightStep = new BigDecimal(weightStep);
      this.heightUnit = heightUnit;
      this.heightStep = new BigDecimal(heightStep);
    }

    /** UCUM unit of a weight. */
    public String weightUnit() {
      return weightUnit;
    }

    /** UCUM unit of a height. */
    public String heightUnit() {
      return heightUnit;
    }
  }

  /**
   * What the scale knows of the body.
   *
   * @param rawBmi in 0.1 kg/m2, 0 to 65535
   * @param rawHeight in 0.001 m or 0.1 in, 0 to 65535
   */
  public record Body(int rawBmi, int rawHeight) {

    /** Body mass index, kg/m2. */
    public BigDecimal bmi() {
      return BigDecimal.valueOf(rawBmi, 1);
    }
  }

  /** {@link #rawWeight} of a failed measurement. */
  public static final int UNSUCCESSFUL = 0xFFFF;

  private static final int IMPERIAL = 1;
  private static final int TIME = 1 << 1;
  private static final int USER = 1 << 2;
  private static final int BODY = 1 << 3;

  /**
   * A weight in kilograms alone.
   *
   * @throws ArithmeticException it is no multiple of 0.005 kg
   */
  public static Weight kilograms(BigDecimal kilograms) {
    int raw = kilograms.divide(Unit.METRIC.weightStep).intValueExact();
    return new Weight(Unit.METRIC, raw, null, null, null);
  }

  /** Takes a whole value from the buffer. */
  public static Weight decode(ByteBuffer buffer) throws GattException {
    var octets = new OctetReader(buffer);
    int flags = octets.uint8();
    return new Weight(
        (flags & IMPERIAL) != 0 ? Unit.IMPERIAL : Unit.METRIC,
        octets.uint16(),
        (flags & TIME) != 0 ? GattDateTime.read(octets) : null,
        (flags & USER) != 0 ? octets.uint8() : null,
        (flags & BODY) != 0 ? new Body(octets.uint16(), octets.uint16()) : null);
  }

  /** Octets of this value. */
  public byte[] encode() {
    int flags =
        (unit == Unit.IMPERIAL ? IMPERIAL : 0)
            | (time != null ? TIME : 0)
            | (userId != null ? USER : 0)
            | (body != null ? BODY : 0);
    var octets = new OctetWriter().uint8(flags).uint16(rawWeight);
    if (time != null) {
      time.write(octets);
    }
    if (userId != null) {
      octets.uint8(userId);
    }
    if (body != null) {
      octets.uint16(body.rawBmi()).uint16(body.rawHeight());
    }
    return octets.toBytes();
  }

  /** Weight in {@link Unit#weightUnit()}; only if the measurement did not fail. */
  public BigDecimal weight() {
    return BigDecimal.valueOf(rawWeight).multiply(unit.weightStep);
  }

  /** Height in {@link Unit#heightUnit()}, or null. */
  public @Nullable BigDecimal height() {
    return body == null ? null : BigDecimal.valueOf(body.rawHeight()).multiply(unit.heightStep);
  }
}
