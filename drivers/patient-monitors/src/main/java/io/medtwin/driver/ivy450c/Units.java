package io.medtwin.driver.ivy450c;

/**
 * Units that the monitor leaves to its own settings and does not send.
 *
 * @param temperature UCUM unit of T1 and T2, {@code Cel} or {@code [degF]}
 * @param carbonDioxide UCUM unit of ETCO2, {@code mm[Hg]}, {@code kPa} or {@code %}
 */
record Units(String temperature, String carbonDioxide) {}
