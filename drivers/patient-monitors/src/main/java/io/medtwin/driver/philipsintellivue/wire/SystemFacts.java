package io.medtwin.driver.philipsintellivue.wire;

import static io.medtwin.driver.philipsintellivue.wire.Layout.counted;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a monitor tells of itself: in the event that begins an association, in answers to a poll of
 * the system, in its beacon. Null or empty where it does not say.
 *
 * @param manufacturer such as {@code Philips}
 * @param model such as {@code M8003A}
 * @param mac hardware address, 12 hex digits in upper case
 * @param operatingMode bits: 4000h monitoring, 2000h demonstration, 1000h service, 2 standby, 1
 *     configuration
 * @param absoluteTime wall clock
 * @param relativeTicks counter at that moment
 * @param production type plate
 */
public record SystemFacts(
    @Nullable String manufacturer,
    @Nullable String model,
    @Nullable String mac,
    @Nullable Integer operatingMode,
    @Nullable LocalDateTime absoluteTime,
    @Nullable Long relativeTicks,
    List<ProductionSpec> production) {

  private static final int MAC_BYTES = 6;

  public SystemFacts {
    production = List.copyOf(production);
  }

  /** What attributes tell. */
  public static SystemFacts of(Attributes attributes) {
    var names = attributes.find(AttributeId.MODEL).flatMap(SystemFacts::names).orElse(List.of());
    return new SystemFacts(
        names.isEmpty() || names.getFirst().isEmpty() ? null : names.getFirst(),
        names.size() < 2 || names.get(1).isEmpty() ? null : names.get(1),
        attributes.find(AttributeId.SYSTEM_ID).flatMap(SystemFacts::mac).orElse(null),
        attributes
            .find(AttributeId.OPERATING_MODE)
            .flatMap(value -> Layout.whole(value, Layout::u16))
            .orElse(null),
        attributes
            .find(AttributeId.ABSOLUTE_TIME)
            .filter(value -> value.remaining() == BcdTime.BYTES)
            .map(BcdTime::read)
            .orElse(null),
        attributes
            .find(AttributeId.RELATIVE_TIME)
            .flatMap(value -> Layout.whole(value, Layout::u32))
            .orElse(null),
        attributes.find(AttributeId.PRODUCTION_SPEC).map(ProductionSpec::parse).orElse(List.of()));
  }

  /** What the event that begins an association tells; empty where it is laid out otherwise. */
  public static Optional<SystemFacts> of(Pdu.Event mdsCreate) {
    return Layout.whole(
        mdsCreate.data(),
        bytes -> {
          ObjectId.read(bytes);
          return of(Attributes.read(bytes));
        });
  }

  /** The event that begins an association, with these facts. */
  public Pdu.Event toMdsCreate(int invokeId, long ticks) {
    var data = new WireWriter();
    ObjectId.MONITOR.write(data);
    toAttributes().write(data);
    return new Pdu.Event(
        invokeId, true, ObjectId.MONITOR, ticks, Pdu.MDS_CREATE, ByteBuffer.wrap(data.toBytes()));
  }

  /** All but the type plate. */
  public Attributes toAttributes() {
    var list = new ArrayList<Attribute>();
    if (mac != null) {
      var bytes = HexFormat.of().parseHex(mac);
      list.add(
          Attribute.of(
              AttributeId.SYSTEM_ID, new WireWriter().counted(w -> w.raw(bytes)).toBytes()));
    }
    if (manufacturer != null && model != null) {
      list.add(
          Attribute.of(
              AttributeId.MODEL,
              new WireWriter()
                  .text(manufacturer, StandardCharsets.US_ASCII)
                  .text(model, StandardCharsets.US_ASCII)
                  .toBytes()));
    }
    if (operatingMode != null) {
      list.add(
          Attribute.of(AttributeId.OPERATING_MODE, new WireWriter().u16(operatingMode).toBytes()));
    }
    if (absoluteTime != null) {
      var writer = new WireWriter();
      BcdTime.write(writer, absoluteTime);
      list.add(Attribute.of(AttributeId.ABSOLUTE_TIME, writer.toBytes()));
    }
    if (relativeTicks != null) {
      list.add(
          Attribute.of(AttributeId.RELATIVE_TIME, new WireWriter().u32(relativeTicks).toBytes()));
    }
    return new Attributes(list);
  }

  private static Optional<List<String>> names(ByteBuffer value) {
    return Layout.whole(
        value,
        bytes -> {
          var names = List.of(Layout.ascii(counted(bytes)), Layout.ascii(counted(bytes)));
          bytes.position(bytes.limit()); // padding to an even length
          return names;
        });
  }

  private static Optional<String> mac(ByteBuffer value) {
    return Layout.whole(
        value,
        bytes -> {
          var address = counted(bytes);
          if (address.remaining() != MAC_BYTES) {
            throw new IllegalArgumentException("a hardware address has six bytes");
          }
          var octets = new byte[MAC_BYTES];
          address.get(octets);
          return HexFormat.of().withUpperCase().formatHex(octets);
        });
  }
}
