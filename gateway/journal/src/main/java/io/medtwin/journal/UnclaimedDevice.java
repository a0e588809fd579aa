package io.medtwin.journal;

import io.medtwin.spi.Absent;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Coded;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Presence;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Samples;
import io.medtwin.spi.Text;
import io.medtwin.spi.Value;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * A device heard behind a hub that nobody configured: enough to know it by, and nothing of what it
 * measured. It has no twin.
 *
 * @param hub session it was heard by
 * @param address its own id there
 * @param driver id of the driver of that link
 * @param firstHeard when first
 * @param lastHeard when last
 * @param reports how much it said
 * @param parameters what it said, by name, with the last unit; {@link #WORD} for a word, empty
 *     where no value came
 * @param identity what it told of itself
 */
public record UnclaimedDevice(
    String hub,
    String address,
    String driver,
    Instant firstHeard,
    Instant lastHeard,
    long reports,
    Map<String, String> parameters,
    Map<Attribute, String> identity) {

  /** Most names of parameters that are kept. */
  public static final int MOST_PARAMETERS = 32;

  /** Longest name or fact that is kept; a longer one is cut. */
  public static final int MOST_CHARS = 64;

  /** Stands in place of a unit for a parameter that is a word or a text. */
  public static final String WORD = "word";

  public UnclaimedDevice {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    identity = Map.copyOf(identity);
  }

  /** A device that has not said anything yet. */
  public static UnclaimedDevice unheard(String hub, String address, String driver, Instant now) {
    return new UnclaimedDevice(hub, address, driver, now, now, 0, Map.of(), Map.of());
  }

  /** After one more report; no value is kept. */
  public UnclaimedDevice with(Report report, Instant now) {
    var nextParameters = parameters;
    var nextIdentity = identity;
    switch (report) {
      case Reading reading -> nextParameters = parametersWith(reading);
      case Identity told -> nextIdentity = identityWith(told);
      case Alert _, DeviceEvent _, Presence _ -> {}
    }
    return new UnclaimedDevice(
        hub, address, driver, firstHeard, now, reports + 1, nextParameters, nextIdentity);
  }

  private Map<String, String> parametersWith(Reading reading) {
    var name = cut(reading.parameter());
    var before = parameters.get(name);
    var unit = unitOf(reading.value(), before == null ? "" : before);
    boolean full = before == null && parameters.size() >= MOST_PARAMETERS;
    if (full || unit.equals(before)) {
      return parameters;
    }
    var next = new TreeMap<>(parameters);
    next.put(name, unit);
    return next;
  }

  private static String unitOf(Value value, String before) {
    return switch (value) {
      case Numeric number -> cut(number.unit());
      case Samples samples -> cut(samples.unit());
      case Coded _, Text _ -> WORD;
      case Absent _ -> before;
    };
  }

  private Map<Attribute, String> identityWith(Identity told) {
    var next = new EnumMap<Attribute, String>(Attribute.class);
    next.putAll(identity);
    told.attributes().forEach((attribute, text) -> next.put(attribute, cut(text)));
    return next;
  }

  private static String cut(String text) {
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS);
  }
}
