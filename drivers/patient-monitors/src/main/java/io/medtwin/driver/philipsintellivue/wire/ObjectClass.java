package io.medtwin.driver.philipsintellivue.wire;

/** Classes of objects, as polls name them. */
public final class ObjectClass {

  /** The monitor itself. */
  public static final int SYSTEM = 0x21;

  /** Numbers. */
  public static final int NUMERICS = 0x06;

  /** Waves. */
  public static final int WAVES = 0x09;

  /** Who is monitored; never asked for. */
  public static final int DEMOGRAPHICS = 0x2A;

  /** Alarms. */
  public static final int ALARMS = 0x36;

  private ObjectClass() {}
}
