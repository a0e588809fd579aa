package io.medtwin.driver.philipsintellivue.state;

import io.medtwin.driver.philipsintellivue.wire.ProductionSpec;
import io.medtwin.driver.philipsintellivue.wire.SystemFacts;
import io.medtwin.spi.Coded;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.spi.Reading;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who the monitor is. Facts add up; the identity is told when it knows more, or another thing.
 *
 * @param identity as last told
 */
record SystemState(Map<Attribute, String> identity) {

  static final String OPERATING_MODE = "operating-mode";

  private static final String PROTOCOL = "IntelliVue Data Export";
  private static final String WIDENING = "FFFE"; // MAC-48 to EUI-64, as IEEE 802 once said
  private static final int MIDDLE = 6;

  SystemState {
    identity = Map.copyOf(identity);
  }

  static SystemState unknown() {
    return new SystemState(Map.of());
  }

  SystemState with(SystemFacts facts, long ticks, Told told) {
    var known = new EnumMap<Attribute, String>(Attribute.class);
    known.putAll(identity);
    known.put(Attribute.PROTOCOL, PROTOCOL);
    put(known, Attribute.MANUFACTURER, facts.manufacturer());
    put(known, Attribute.MODEL, facts.model());
    put(known, Attribute.EUI64, widened(facts.mac()));
    put(known, Attribute.SERIAL, production(facts, ProductionSpec.SERIAL));
    put(known, Attribute.HARDWARE, production(facts, ProductionSpec.HARDWARE));
    put(known, Attribute.SOFTWARE, production(facts, ProductionSpec.SOFTWARE));
    if (!known.equals(identity)) {
      told.report(new Identity(known));
    }
    var mode = facts.operatingMode();
    if (mode != null) {
      told.report(Reading.of(OPERATING_MODE, new Coded(word(mode))).at(MonitorClock.at(ticks)));
    }
    return new SystemState(known);
  }

  private static void put(
      Map<Attribute, String> known, Attribute attribute, @Nullable String text) {
    if (text != null && !text.isBlank()) {
      known.put(attribute, text);
    }
  }

  private static @Nullable String production(SystemFacts facts, int kind) {
    return ProductionSpec.find(facts.production(), kind).orElse(null);
  }

  private static @Nullable String widened(@Nullable String mac) {
    return mac == null ? null : mac.substring(0, MIDDLE) + WIDENING + mac.substring(MIDDLE);
  }

  private static String word(int mode) {
    return switch (mode) {
      case 0x8000 -> "unspecified";
      case 0x4000 -> "monitoring";
      case 0x2000 -> "demo";
      case 0x1000 -> "service";
      case 0x0002 -> "standby";
      case 0x0001 -> "configuration";
      default -> "code-" + Names.hex(mode);
    };
  }
}
