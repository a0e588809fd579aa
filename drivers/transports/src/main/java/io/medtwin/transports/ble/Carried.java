package io.medtwin.transports.ble;

/**
 * An event on its way through a link, with the carrier message it came in.
 *
 * @param event what was heard
 * @param settlement what to settle with it
 * @param retained whether the broker kept the carrier message
 */
record Carried(GattEvent event, Settlement settlement, boolean retained) {

  /** The same, its characteristic known. */
  Carried named(String characteristic) {
    return new Carried(event.withUuids(event.service(), characteristic), settlement, retained);
  }
}
