package io.medtwin.driver.hl7v2;

import io.medtwin.spi.Report;

/**
 * What a message says of one device.
 *
 * @param device id of the device behind the link
 * @param report what it says
 */
record Told(String device, Report report) {}
