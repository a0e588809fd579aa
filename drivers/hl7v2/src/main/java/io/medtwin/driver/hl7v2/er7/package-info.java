/**
 * The syntax of HL7 v2, "ER7": octets flow in; header, groups and segments flow out, without those
 * that speak of persons. The one door to HAPI.
 */
@NullMarked
package io.medtwin.driver.hl7v2.er7;

import org.jspecify.annotations.NullMarked;
