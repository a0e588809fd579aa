package io.medtwin.twin.outbox;

import io.medtwin.twin.backend.Patch;

/**
 * What does not change while the gateway runs.
 *
 * @param device configured id of the device
 * @param thingId its thing in Ditto
 * @param policyId policy of its class and site
 * @param gateway id of this gateway
 * @param driver id of its driver
 * @param attributes members of {@code attributes} as configured: schema, class, identity; what the
 *     profile in force says comes on top
 */
public record Facts(
    String device,
    String thingId,
    String policyId,
    String gateway,
    String driver,
    Patch attributes) {}
