package io.medtwin.simulator.coap;

/**
 * One confirmable POST.
 *
 * @param contentFormat CoAP content format, 112 for SenML in CBOR
 * @param payload content, not to be changed afterwards
 */
public record CoapPost(int contentFormat, byte[] payload) {
  /** {@code text/plain}. */
  public static final int TEXT = 0;

  /** {@code application/json}. */
  public static final int JSON = 50;

  /** {@code application/senml+json}. */
  public static final int SENML_JSON = 110;

  /** {@code application/senml+cbor}. */
  public static final int SENML_CBOR = 112;

  /** The same with other content. */
  public CoapPost with(byte[] otherPayload) {
    return new CoapPost(contentFormat, otherPayload);
  }

  /** Content is left out. */
  @Override
  public String toString() {
    return "CoapPost[" + contentFormat + ", " + payload.length + " bytes]";
  }
}
