/**
 * HL7 v2 of pumps, racks, monitors and central stations (IHE PCD-01, PCD-04, PCD-10): messages flow
 * in, readings, alerts, events and identities flow out, and an acknowledgement of each message.
 * {@code er7} is the syntax; here is what the rows mean.
 */
@NullMarked
package io.medtwin.driver.hl7v2;

import org.jspecify.annotations.NullMarked;
