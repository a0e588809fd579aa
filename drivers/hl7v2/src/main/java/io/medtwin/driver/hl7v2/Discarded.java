package io.medtwin.driver.hl7v2;

/**
 * What of a message made no sense.
 *
 * @param device id of the device it is of; empty where that is not known
 * @param why one of few constant texts
 */
record Discarded(String device, String why) {}
