package io.medtwin.driver.philipsintellivue.wire;

import static io.medtwin.driver.philipsintellivue.wire.Layout.counted;
import static io.medtwin.driver.philipsintellivue.wire.Layout.u16;
import static io.medtwin.driver.philipsintellivue.wire.Layout.u32;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * One alarm that is on:
 *
 * <pre>
 * source, code, type, state, object (class, context, handle), kind of text, length, text
 * </pre>
 *
 * The text of kind 0204h is {@code instance u16, text id u32, priority u16, flags u16, length u16,
 * UTF-16}. Low confidence: recorded lists are empty, and this is what four open decoders agree on.
 * A text that is laid out otherwise is left out; the alarm is not.
 *
 * @param source code of what it is about
 * @param code code of what happened; its lowest bit tells in which partition {@code source} is
 * @param type {@link #HIGH_PATIENT}, {@link #MEDIUM_PATIENT}, ...; 0 for none
 * @param state 8000h inhibited, 4000h suspended, 2000h latched, 1000h silenced, 0008h new
 * @param object where it comes from
 * @param text as the monitor shows it, or empty
 */
public record AlarmEntry(int source, int code, int type, int state, ObjectId object, String text) {

  /** Red alarm. */
  public static final int HIGH_PATIENT = 0x0400;

  /** Yellow alarm. */
  public static final int MEDIUM_PATIENT = 0x0200;

  /** Short yellow alarm, or advice. */
  public static final int LOW_PATIENT = 0x0100;

  /** Severe technical alarm. */
  public static final int HIGH_TECHNICAL = 0x0004;

  /** Technical alarm. */
  public static final int MEDIUM_TECHNICAL = 0x0002;

  /** Minor technical alarm. */
  public static final int LOW_TECHNICAL = 0x0001;

  private static final int WITH_TEXT = 0x0204;
  private static final int WITHOUT_TEXT = 0x0201;

  /** The alarms of a list; empty where count or a length does not fit. */
  public static Optional<List<AlarmEntry>> parseList(ByteBuffer value) {
    return Attributes.elements(value, AlarmEntry::read);
  }

  private static AlarmEntry read(ByteBuffer bytes) {
    int source = u16(bytes);
    int code = u16(bytes);
    int type = u16(bytes);
    int state = u16(bytes);
    var object = ObjectId.read(bytes);
    int kind = u16(bytes);
    var info = counted(bytes);
    var text = kind == WITH_TEXT ? Layout.whole(info, AlarmEntry::text) : Optional.<String>empty();
    return new AlarmEntry(source, code, type, state, object, text.orElse(""));
  }

  private static String text(ByteBuffer info) {
    u16(info); // instance
    u32(info); // text id
    u16(info); // priority
    u16(info); // flags
    return Layout.utf16(counted(info));
  }

  /** Alarms as a list attribute: {@link AttributeId#PATIENT_ALARMS} or the technical ones. */
  public static Attribute list(int id, List<AlarmEntry> entries) {
    var writer =
        new WireWriter().u16(entries.size()).counted(w -> entries.forEach(one -> one.write(w)));
    return Attribute.of(id, writer.toBytes());
  }

  private void write(WireWriter writer) {
    writer.u16(source).u16(code).u16(type).u16(state);
    object.write(writer);
    writer
        .u16(text.isEmpty() ? WITHOUT_TEXT : WITH_TEXT)
        .counted(
            info -> {
              info.u16(0).u32(0).u16(0).u16(0);
              if (!text.isEmpty()) {
                info.text(text, StandardCharsets.UTF_16BE);
              }
            });
  }
}
