package io.medtwin.driver.senml;

import io.medtwin.driver.internal.device.DeviceIds;
import org.jspecify.annotations.Nullable;

/**
 * Which device a record speaks of, and which parameter of it.
 *
 * <p>The device is the base name without its closing {@code :} or {@code /}, as the wire writes it;
 * the parameter is the record's own name, as the wire writes it. A record without base name is
 * split at its last {@code :} or {@code /}. Where nothing is left for the parameter ({@code
 * urn:dev:ow:10e2073a01080063}, a device with one sensor) it is {@link #SOLE_VALUE}.
 *
 * @param device null where the name tells none
 * @param parameter never empty
 */
record RecordPlace(@Nullable String device, String parameter) {

  /** Parameter of a device that names only itself. */
  static final String SOLE_VALUE = "value";

  private static final String DEVICE_URN = "urn:dev:";

  /** Place of a record whose base name names a device. */
  static RecordPlace of(SenmlRecord record) {
    var base = withoutSeparator(record.baseName());
    var local = record.localName();
    if (!base.isEmpty()) {
      return new RecordPlace(base, local.isEmpty() ? SOLE_VALUE : local);
    }
    int cut = Math.max(local.lastIndexOf(':'), local.lastIndexOf('/'));
    if (cut < 0) {
      return new RecordPlace(null, local);
    }
    boolean onlyDevice = isBareDevice(local) || cut == local.length() - 1;
    return onlyDevice
        ? new RecordPlace(withoutSeparator(local), SOLE_VALUE)
        : new RecordPlace(local.substring(0, cut), local.substring(cut + 1));
  }

  /**
   * Whether a base name and an id of the transport mean one device, by {@link DeviceIds#same}; of a
   * URN {@code urn:dev:mac:0200000000004001} the last part alone will do.
   */
  static boolean sameDevice(String base, String transportId) {
    return DeviceIds.same(base, transportId)
        || DeviceIds.same(base.substring(idStart(base)), transportId);
  }

  private static int idStart(String base) {
    if (!base.regionMatches(true, 0, DEVICE_URN, 0, DEVICE_URN.length())) {
      return base.lastIndexOf(':') + 1;
    }
    return base.indexOf(':', DEVICE_URN.length()) + 1;
  }

  private static boolean isBareDevice(String name) {
    return name.startsWith(DEVICE_URN) && name.chars().filter(c -> c == ':').count() == 3;
  }

  private static String withoutSeparator(String name) {
    return name.endsWith(":") || name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
  }
}
