/**
 * Alaris/Asena GH, CC and TIVA syringe pumps ("Asena Rev 2.1.5"): polls flow out, answers flow in
 * and become readings, alerts and events. {@link io.medtwin.driver.alarisasena.AsenaCodec} speaks
 * both directions, so a simulator of the pump uses it too.
 */
@NullMarked
package io.medtwin.driver.alarisasena;

import org.jspecify.annotations.NullMarked;
