package io.medtwin.twin.vocabulary;

/**
 * What one row of a message calls its value.
 *
 * @param system coding system: {@code MDC} or empty, {@code LN}, or a maker's own such as {@code
 *     99ACME}
 * @param code as sent; a number for MDC, where {@code 0} or empty is "none yet"
 * @param name as sent, a refid; empty where there is none
 * @param shape what the value is
 * @param unit its unit
 * @param context where the row stands
 */
public record TermQuery(
    String system, String code, String name, Shape shape, UnitText unit, Context context) {

  /** What a value is, as far as the message shows. */
  public enum Shape {
    NUMBER,
    SAMPLES,
    WORD,
    /** No value: an object row, or an event. */
    NONE;

    /** Whether a term of that kind has values of this shape. */
    boolean fits(Term.Kind kind) {
      return switch (kind) {
        case NUMERIC, SETTING -> this == NUMBER;
        case WAVEFORM -> this == SAMPLES;
        case ENUM, STRING -> this == WORD;
        case EVENT -> this == WORD || this == NONE;
        case OBJECT -> this == NONE;
      };
    }
  }

  /** What kind of message it is: some numbers mean another thing in each. */
  public enum Message {
    /** Values of a device or a gateway (PCD-01). */
    OBSERVATION,
    /** An alert (PCD-04). */
    ALERT,
    /** A device event (PCD-10). */
    DEVICE_EVENT,
    /** Attributes of a personal health device (IEEE 11073-20601): 16-bit codes of partition 2. */
    PERSONAL_HEALTH
  }

  /**
   * Where the row stands.
   *
   * @param message kind of message
   * @param edition which meaning its pump codes have; see {@link Vocabulary#edition}
   * @param partition partition that is stated for 16-bit codes, {@link #NO_PARTITION} where none is
   * @param manufacturer of the device, for private codes; empty where unknown
   * @param model of the device, likewise
   */
  public record Context(
      Message message, Edition edition, int partition, String manufacturer, String model) {

    /** No partition is stated. */
    public static final int NO_PARTITION = -1;

    /** A message of today that says nothing else. */
    public static Context of(Message message) {
      return new Context(message, Edition.CURRENT, NO_PARTITION, "", "");
    }

    /** The same with another edition. */
    public Context with(Edition edition) {
      return new Context(message, edition, partition, manufacturer, model);
    }

    /** The same with the partition of 16-bit codes. */
    public Context withPartition(int partition) {
      return new Context(message, edition, partition, manufacturer, model);
    }

    /** The same with the maker of the device. */
    public Context from(String manufacturer, String model) {
      return new Context(message, edition, partition, manufacturer, model);
    }
  }
}
