package io.medtwin.driver.philipsintellivue.state;

import io.medtwin.driver.philipsintellivue.wire.Float32;
import io.medtwin.driver.philipsintellivue.wire.MeasurementState;
import io.medtwin.driver.philipsintellivue.wire.NumericValue;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading.Flag;
import io.medtwin.spi.Value;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Bits beside a value to flags, and to the reason why there is none. */
final class Quality {

  private Quality() {}

  static Set<Flag> flags(int state) {
    var flags = EnumSet.noneOf(Flag.class);
    add(flags, state, MeasurementState.QUESTIONABLE, Flag.QUESTIONABLE);
    add(flags, state, MeasurementState.CALIBRATING, Flag.CALIBRATING);
    add(flags, state, MeasurementState.TEST, Flag.TEST);
    add(flags, state, MeasurementState.DEMO, Flag.DEMO);
    add(flags, state, MeasurementState.VALIDATED, Flag.VALIDATED);
    add(flags, state, MeasurementState.EARLY, Flag.EARLY);
    add(flags, state, MeasurementState.ONGOING, Flag.ONGOING);
    return flags;
  }

  /** Why there is no value, as far as the bits say. */
  static Optional<Absent> absent(int state) {
    if ((state & MeasurementState.INVALID) != 0) {
      return Optional.of(new Absent(Reason.INVALID));
    }
    return (state & MeasurementState.UNAVAILABLE) != 0
        ? Optional.of(new Absent(Reason.NOT_AVAILABLE))
        : Optional.empty();
  }

  static Value value(NumericValue sent) {
    var absent = absent(sent.state());
    return absent.isPresent() ? absent.get() : value(sent.value(), Names.unit(sent.unit()));
  }

  private static Value value(Float32 sent, String unit) {
    return switch (sent.kind()) {
      case NUMBER -> new Numeric(sent.number().orElseThrow(), unit);
      case NOT_A_NUMBER -> new Absent(Reason.NOT_A_NUMBER);
      case NOT_AT_THIS_RESOLUTION -> new Absent(Reason.NOT_AT_THIS_RESOLUTION);
      case PLUS_INFINITY -> new Absent(Reason.OVERFLOW);
      case MINUS_INFINITY -> new Absent(Reason.UNDERFLOW);
    };
  }

  private static void add(Set<Flag> flags, int state, int bit, Flag flag) {
    if ((state & bit) != 0) {
      flags.add(flag);
    }
  }
}
