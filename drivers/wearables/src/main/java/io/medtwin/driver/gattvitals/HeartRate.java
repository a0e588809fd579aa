package io.medtwin.driver.gattvitals;

import io.medtwin.driver.gattvitals.GattException.Problem;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Heart Rate Measurement 2A37. Octet 0 holds flags: 0 value is uint16, 1 contact detected, 2
 * contact supported, 3 energy follows, 4 RR intervals follow, to the end of the value.
 *
 * <p>Source: Heart Rate Service 1.0 and GATT Specification Supplement.
 *
 * @param beatsPerMinute 0 to 65535
 * @param contact whether the sensor touches skin
 * @param energyKilojoules energy expended since reset, 0 to 65535, or null
 * @param rrIntervals time between beats in 1/1024 s, oldest first, each 0 to 65535
 */
public record HeartRate(
    int beatsPerMinute,
    Contact contact,
    @Nullable Integer energyKilojoules,
    List<Integer> rrIntervals) {

  /** What the sensor knows of its contact with skin. */
  public enum Contact {
    NOT_SUPPORTED,
    NOT_DETECTED,
    DETECTED
  }

  private static final int WIDE = 1;
  private static final int CONTACT_DETECTED = 1 << 1;
  private static final int CONTACT_SUPPORTED = 1 << 2;
  private static final int ENERGY = 1 << 3;
  private static final int RR = 1 << 4;

  /** 1/1024 s in milliseconds; exact. */
  private static final BigDecimal RR_MILLIS = new BigDecimal("0.9765625");

  public HeartRate {
    rrIntervals = List.copyOf(rrIntervals);
  }

  /** A rate with contact detected and nothing else. */
  public static HeartRate of(int beatsPerMinute) {
    return new HeartRate(beatsPerMinute, Contact.DETECTED, null, List.of());
  }

  /** Takes a whole value from the buffer. An odd last octet after RR intervals stays in it. */
  public static HeartRate decode(ByteBuffer buffer) throws GattException {
    var octets = new OctetReader(buffer);
    int flags = octets.uint8();
    int rate = (flags & WIDE) != 0 ? octets.uint16() : octets.uint8();
    Integer energy = (flags & ENERGY) != 0 ? octets.uint16() : null;
    var intervals = new ArrayList<Integer>();
    if ((flags & RR) != 0) {
      if (octets.remaining() < 2) {
        throw new GattException(Problem.TRUNCATED, "RR intervals announced, none there");
      }
      while (octets.remaining() >= 2) {
        intervals.add(octets.uint16());
      }
    }
    return new HeartRate(rate, contact(flags), energy, intervals);
  }

  /** Octets of this value. */
  public byte[] encode() {
    int flags =
        switch (contact) {
          case NOT_SUPPORTED -> 0;
          case NOT_DETECTED -> CONTACT_SUPPORTED;
          case DETECTED -> CONTACT_SUPPORTED | CONTACT_DETECTED;
        };
    boolean wide = beatsPerMinute > 0xFF;
    flags |= wide ? WIDE : 0;
    flags |= energyKilojoules != null ? ENERGY : 0;
    flags |= rrIntervals.isEmpty() ? 0 : RR;
    var octets = new OctetWriter().uint8(flags);
    if (wide) {
      octets.uint16(beatsPerMinute);
    } else {
      octets.uint8(beatsPerMinute);
    }
    if (energyKilojoules != null) {
      octets.uint16(energyKilojoules);
    }
    rrIntervals.forEach(octets::uint16);
    return octets.toBytes();
  }

  /** RR intervals in milliseconds, exact, oldest first. */
  public List<BigDecimal> rrMillis() {
    return rrIntervals.stream().map(raw -> BigDecimal.valueOf(raw).multiply(RR_MILLIS)).toList();
  }

  private static Contact contact(int flags) {
    if ((flags & CONTACT_SUPPORTED) == 0) {
      return Contact.NOT_SUPPORTED;
    }
    return (flags & CONTACT_DETECTED) != 0 ? Contact.DETECTED : Contact.NOT_DETECTED;
  }
}
