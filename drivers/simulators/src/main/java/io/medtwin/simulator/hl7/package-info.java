/**
 * A station that speaks for pumps and monitors in HL7 v2 over one MLLP connection: a seed and a
 * tick flow in, messages of IHE PCD-01, PCD-04 and PCD-10 flow out, each sent again until it is
 * acknowledged. Writes its messages by itself, so that driver and simulator check each other.
 */
@NullMarked
package io.medtwin.simulator.hl7;

import org.jspecify.annotations.NullMarked;
