package io.medtwin.transports.coap;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.eclipse.californium.core.coap.MediaTypeRegistry;
import org.jspecify.annotations.Nullable;

/** CoAP content format numbers and the media types they stand for (IANA CoRE Parameters). */
final class ContentFormats {

  private static final Map<Integer, String> TYPES =
      Map.ofEntries(
          Map.entry(MediaTypeRegistry.TEXT_PLAIN, "text/plain"),
          Map.entry(MediaTypeRegistry.APPLICATION_LINK_FORMAT, "application/link-format"),
          Map.entry(MediaTypeRegistry.APPLICATION_OCTET_STREAM, "application/octet-stream"),
          Map.entry(MediaTypeRegistry.APPLICATION_JSON, "application/json"),
          Map.entry(MediaTypeRegistry.APPLICATION_CBOR, "application/cbor"),
          Map.entry(MediaTypeRegistry.APPLICATION_SENML_JSON, "application/senml+json"),
          Map.entry(MediaTypeRegistry.APPLICATION_SENSML_JSON, "application/sensml+json"),
          Map.entry(MediaTypeRegistry.APPLICATION_SENML_CBOR, "application/senml+cbor"),
          Map.entry(MediaTypeRegistry.APPLICATION_SENSML_CBOR, "application/sensml+cbor"),
          Map.entry(
              MediaTypeRegistry.APPLICATION_VND_OMA_LWM2M_TLV, "application/vnd.oma.lwm2m+tlv"),
          Map.entry(
              MediaTypeRegistry.APPLICATION_VND_OMA_LWM2M_JSON, "application/vnd.oma.lwm2m+json"),
          Map.entry(
              MediaTypeRegistry.APPLICATION_VND_OMA_LWM2M_CBOR, "application/vnd.oma.lwm2m+cbor"));

  /** The numbers that are read here, ascending. */
  static final List<Integer> READ = TYPES.keySet().stream().sorted().toList();

  private static final Map<String, Integer> NUMBERS =
      TYPES.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private ContentFormats() {}

  /** The media type of a number, or null where it is none of ours. */
  static @Nullable String typeOf(int number) {
    return TYPES.get(number);
  }

  /** The number of a media type, where CoAP has one that we know. */
  static OptionalInt numberOf(@Nullable String type) {
    Integer number = type == null ? null : NUMBERS.get(type);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }
}
