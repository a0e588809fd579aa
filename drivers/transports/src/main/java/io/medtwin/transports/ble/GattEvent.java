package io.medtwin.transports.ble;

import io.medtwin.spi.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing a bridge says of one Bluetooth device, whatever the make of the bridge.
 *
 * @param kind what happened
 * @param gateway name or address of the bridge, as in its topics
 * @param device Bluetooth address, upper case with colons
 * @param addressType {@code public} or {@code random}, or null
 * @param handle attribute handle, 1 to 65,535, or null
 * @param service UUID of the service, short and upper case where it is an assigned number, or null
 * @param characteristic UUID of the characteristic, likewise, or null
 * @param part which part of an advertisement the value is, or null for other kinds
 * @param value raw octets, read-only; JSON for {@link Kind#DECODED}, text for {@link
 *     Kind#CONNECTION}
 * @param rssi signal strength in dBm, or null
 * @param bridgeTime the bridge's own time, or null
 * @param scanResponse whether an advertisement is a scan response only
 * @param name the advertised name, or null; may be a person's choice, so it is never logged
 * @param ok whether a write succeeded or a device is connected; true for other kinds but {@link
 *     Kind#GATT_ERROR}
 */
public record GattEvent(
    Kind kind,
    String gateway,
    String device,
    @Nullable String addressType,
    @Nullable Integer handle,
    @Nullable String service,
    @Nullable String characteristic,
    @Nullable Part part,
    ByteBuffer value,
    @Nullable Integer rssi,
    @Nullable Instant bridgeTime,
    boolean scanResponse,
    @Nullable String name,
    boolean ok) {

  /** Attribute: handle, decimal. */
  public static final String HANDLE = "gatt.handle";

  /** Attribute: UUID of the service. */
  public static final String SERVICE = "gatt.service";

  /** Attribute: {@link Part} of an advertisement. */
  public static final String PART = "gatt.part";

  /** Attribute: {@code public} or {@code random}. */
  public static final String ADDRESS_TYPE = "gatt.addressType";

  /** Attribute: advertised name. */
  public static final String NAME = "gatt.name";

  /** Attribute: the bridge's own time, ISO-8601 in UTC. */
  public static final String BRIDGE_TIME = "gatt.bridgeTime";

  /** Attribute: {@code "true"} on a scan response. */
  public static final String SCAN_RESPONSE = "gatt.scanResponse";

  /** Attribute: {@code "false"} on a failed read or write. */
  public static final String OK = "gatt.ok";

  /** What happened. */
  public enum Kind {
    ADVERTISEMENT("advertisement"),
    NOTIFICATION("notification"),
    READ_RESPONSE("readResponse"),
    WRITE_RESPONSE("writeResponse"),
    CONNECTION("connection"),
    DECODED("decoded"),
    GATT_ERROR("gattError");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /** The word in {@link Message#GATT_KIND}. */
    public String word() {
      return word;
    }
  }

  /** Which part of an advertisement a value is. */
  public enum Part {
    /** The whole: a row of length, type, data (Bluetooth Core, volume 3, part C, section 11). */
    STRUCTURES("structures"),
    /** Data of one service, without its UUID. */
    SERVICE_DATA("serviceData"),
    /** Manufacturer data, company id first, little-endian. */
    MANUFACTURER_DATA("manufacturerData"),
    /** None: the bridge only says that it heard the device. */
    NONE("none");

    private final String word;

    Part(String word) {
      this.word = word;
    }

    /** The word in {@link GattEvent#PART}. */
    public String word() {
      return word;
    }
  }

  public GattEvent {
    value = value.asReadOnlyBuffer();
  }

  /** An event of which nothing more is known. */
  public static GattEvent of(Kind kind, String gateway, String device, byte[] value) {
    return new GattEvent(
        kind,
        gateway,
        device,
        null,
        null,
        null,
        null,
        kind == Kind.ADVERTISEMENT ? Part.NONE : null,
        ByteBuffer.wrap(value),
        null,
        null,
        false,
        null,
        kind != Kind.GATT_ERROR);
  }

  /** A device came or went. */
  public static GattEvent connection(String gateway, String device, boolean connected) {
    var word = connected ? "connected" : "disconnected";
    return of(Kind.CONNECTION, gateway, device, word.getBytes(StandardCharsets.US_ASCII))
        .withOk(connected);
  }

  /** A view of the octets with its own position. */
  @Override
  public ByteBuffer value() {
    return value.asReadOnlyBuffer();
  }

  /** The same with what the bridge heard of the radio. */
  GattEvent heard(
      @Nullable String newAddressType, @Nullable Integer newRssi, @Nullable String newName) {
    return new GattEvent(
        kind,
        gateway,
        device,
        newAddressType,
        handle,
        service,
        characteristic,
        part,
        value,
        newRssi,
        bridgeTime,
        scanResponse,
        newName,
        ok);
  }

  /** The same at a handle. */
  GattEvent withHandle(int newHandle) {
    return new GattEvent(
        kind,
        gateway,
        device,
        addressType,
        newHandle,
        service,
        characteristic,
        part,
        value,
        rssi,
        bridgeTime,
        scanResponse,
        name,
        ok);
  }

  /** The same of a service and characteristic. */
  GattEvent withUuids(@Nullable String newService, @Nullable String newCharacteristic) {
    return new GattEvent(
        kind,
        gateway,
        device,
        addressType,
        handle,
        newService,
        newCharacteristic,
        part,
        value,
        rssi,
        bridgeTime,
        scanResponse,
        name,
        ok);
  }

  /** The same as a part of an advertisement. */
  GattEvent withPart(Part newPart, boolean newScanResponse) {
    return new GattEvent(
        kind,
        gateway,
        device,
        addressType,
        handle,
        service,
        characteristic,
        newPart,
        value,
        rssi,
        bridgeTime,
        newScanResponse,
        name,
        ok);
  }

  /** The same at the bridge's time. */
  GattEvent at(@Nullable Instant newBridgeTime) {
    return new GattEvent(
        kind,
        gateway,
        device,
        addressType,
        handle,
        service,
        characteristic,
        part,
        value,
        rssi,
        newBridgeTime,
        scanResponse,
        name,
        ok);
  }

  /** The same, succeeded or not. */
  GattEvent withOk(boolean newOk) {
    return new GattEvent(
        kind,
        gateway,
        device,
        addressType,
        handle,
        service,
        characteristic,
        part,
        value,
        rssi,
        bridgeTime,
        scanResponse,
        name,
        newOk);
  }

  /**
   * The message of this event.
   *
   * @param retained whether the broker kept the bridge's message
   */
  public Message toMessage(boolean retained) {
    var attributes = new HashMap<String, String>();
    attributes.put(Message.GATT_KIND, kind.word);
    attributes.put(Message.BRIDGE, gateway);
    put(attributes, Message.GATT_CHARACTERISTIC, characteristic);
    put(attributes, Message.RSSI, rssi);
    put(attributes, HANDLE, handle);
    put(attributes, SERVICE, service);
    put(attributes, PART, part == null ? null : part.word);
    put(attributes, ADDRESS_TYPE, addressType);
    put(attributes, NAME, name);
    put(attributes, BRIDGE_TIME, bridgeTime);
    put(attributes, SCAN_RESPONSE, scanResponse ? true : null);
    put(attributes, OK, ok || kind == Kind.CONNECTION ? null : false);
    put(attributes, Message.RETAINED, retained ? true : null);
    var contentType =
        switch (kind) {
          case DECODED -> "application/json";
          case CONNECTION -> "text/plain";
          case ADVERTISEMENT, NOTIFICATION, READ_RESPONSE, WRITE_RESPONSE, GATT_ERROR -> null;
        };
    return new Message(device, device, contentType, attributes, value);
  }

  /** Value and name are left out. */
  @Override
  public String toString() {
    return "GattEvent[" + kind.word + " of " + device + " by " + gateway + "]";
  }

  private static void put(Map<String, String> attributes, String key, @Nullable Object value) {
    if (value != null) {
      attributes.put(key, value.toString());
    }
  }
}
