package io.medtwin.driver.senml;

/** How a pack is written. */
public enum SenmlFormat {
  /** {@code application/senml+json}, CoAP content format 110. */
  JSON,
  /** {@code application/senml+cbor}, CoAP content format 112. */
  CBOR
}
