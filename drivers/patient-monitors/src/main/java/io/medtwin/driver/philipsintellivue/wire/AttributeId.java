package io.medtwin.driver.philipsintellivue.wire;

/** Ids of the attributes that are understood; all others are skipped by their length. */
public final class AttributeId {

  /** Texts of maker and model. */
  public static final int MODEL = 0x0928;

  /** Serial number and revisions: {@link ProductionSpec}. */
  public static final int PRODUCTION_SPEC = 0x092D;

  /** MAC address behind its length. */
  public static final int SYSTEM_ID = 0x0984;

  /** Bits that say whether the monitor monitors, demonstrates or is serviced. */
  public static final int OPERATING_MODE = 0x0946;

  /** Wall clock of the monitor. */
  public static final int ABSOLUTE_TIME = 0x0987;

  /** Its counter at that moment. */
  public static final int RELATIVE_TIME = 0x098F;

  /** Code of what an object measures, 32 bits, partition in the upper half. */
  public static final int LABEL = 0x0924;

  /** Localised text of the label. */
  public static final int LABEL_TEXT = 0x0927;

  /** {@link NumericValue}. */
  public static final int NUMERIC = 0x0950;

  /** Several of them. */
  public static final int COMPOUND_NUMERIC = 0x094B;

  /** When a value was measured, where that is not now. */
  public static final int VALUE_TIME = 0x0990;

  /** {@link SampleArray}. */
  public static final int SAMPLES = 0x096E;

  /** Several of them. */
  public static final int COMPOUND_SAMPLES = 0x0967;

  /** {@link SampleSpec}. */
  public static final int SAMPLE_SPEC = 0x096D;

  /** Ticks from one sample to the next, 32 bits. */
  public static final int SAMPLE_PERIOD = 0x098D;

  /** {@link Scale}. */
  public static final int SCALE = 0x096F;

  /** Unit of a wave, 16 bits. */
  public static final int UNIT = 0x0996;

  /** {@link AlertCondition}. */
  public static final int ALERT_CONDITION = 0x0916;

  /** Alarms about the patient: {@link AlarmEntry}. */
  public static final int PATIENT_ALARMS = 0x0902;

  /** Technical alarms: {@link AlarmEntry}. */
  public static final int TECHNICAL_ALARMS = 0x0904;

  /** Labels of the waves that are exported, 32 bits each. */
  public static final int WAVE_PRIORITY = 0xF23A;

  /** Of a connect indication: {@link ConnectIndication}. */
  public static final int PROTOCOLS = 0xF101;

  /** Of a connect indication: MAC, IP address, mask. */
  public static final int ADDRESS = 0xF100;

  /** Of a connect indication: label of the bed; never told. */
  public static final int BED_LABEL = 0xF135;

  private AttributeId() {}
}
