package io.medtwin.simulator.ward;

/** The wearables a ward may have, each on another way to the gateway. */
public enum WearableKind {
  /** Bluetooth chest strap behind a Cassia gateway. */
  BLE_HEART_RATE,
  /** Bluetooth thermometer behind OpenMQTTGateway. */
  BLE_THERMOMETER,
  /** Patch that publishes SenML in JSON over MQTT 5. */
  MQTT_SENML,
  /** Watch that publishes its maker's flat JSON over MQTT. */
  MQTT_WATCH,
  /** Patch that posts SenML in CBOR over CoAP. */
  COAP_SENML,
  /** The same over DTLS with a pre-shared key. */
  COAPS_SENML,
  /** Bluetooth finger clip behind the Cassia gateway. */
  BLE_PULSE_OXIMETER,
  /** Bluetooth upper-arm cuff behind OpenMQTTGateway. */
  BLE_BLOOD_PRESSURE
}
