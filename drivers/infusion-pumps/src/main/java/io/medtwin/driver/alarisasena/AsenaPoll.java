package io.medtwin.driver.alarisasena;

/**
 * Everything the driver can say to a pump: questions without arguments. There is no way to make a
 * request with a value here, so none that starts, stops or changes an infusion, and none that asks
 * for remote control.
 */
public enum AsenaPoll {
  /** Who are you: serial number. */
  INST_SERIALNO,
  /** Which protocol revision. */
  COMMS_PROTOCOL,
  /** Status: rate, volume, pressure, alarm, log number. */
  INF,
  /** Alarm of the moment. */
  ALARM,
  /** Make and size of the fitted syringe. */
  SYRINGE_STATUS,
  /** Highest rate with the fitted syringe. */
  INF_RATE_MAX_SYRINGE,
  /** Volume to be infused, if one is set. */
  INF_VTBI;

  /** The question as a frame. */
  public AsenaFrame frame() {
    return AsenaFrame.of(name());
  }

  /** Whether this frame answers the question: an answer repeats the name. */
  public boolean isAnsweredBy(AsenaFrame frame) {
    return frame.command().equals(name());
  }
}
