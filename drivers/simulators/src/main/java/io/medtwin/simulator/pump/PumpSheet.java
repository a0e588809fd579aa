package io.medtwin.simulator.pump;

/**
 * What a pump is and what is in it.
 *
 * @param serial serial number, {@code 8002-51740}
 * @param drug name chosen on the pump
 * @param millilitresPerHour set rate, 0.1 to 1200
 * @param syringeMillilitres size of the syringe, which is full at first
 */
public record PumpSheet(
    String serial, String drug, double millilitresPerHour, int syringeMillilitres) {}
