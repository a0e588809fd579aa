package io.medtwin.simulator.ble;

/**
 * What a sensor says of itself (Device Information Service).
 *
 * @param address Bluetooth device address, upper case with colons
 * @param manufacturer characteristic 2A29
 * @param model characteristic 2A24
 * @param serial characteristic 2A25
 */
public record SensorSheet(String address, String manufacturer, String model, String serial) {}
