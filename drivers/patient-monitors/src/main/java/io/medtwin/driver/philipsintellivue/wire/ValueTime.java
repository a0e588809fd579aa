package io.medtwin.driver.philipsintellivue.wire;

import java.time.LocalDateTime;
import java.util.Optional;

/** When a value was measured, where an object says so: {@link AttributeId#VALUE_TIME}. */
public final class ValueTime {

  private ValueTime() {}

  /** The time among attributes; empty where there is none, or none that is a time. */
  public static Optional<LocalDateTime> of(Attributes attributes) {
    return attributes
        .find(AttributeId.VALUE_TIME)
        .filter(value -> value.remaining() == BcdTime.BYTES)
        .map(BcdTime::read);
  }

  /** As an attribute. */
  public static Attribute toAttribute(LocalDateTime time) {
    var writer = new WireWriter();
    BcdTime.write(writer, time);
    return Attribute.of(AttributeId.VALUE_TIME, writer.toBytes());
  }
}
