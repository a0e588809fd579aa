package io.medtwin.twin.outbox;

import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinCommand;
import org.jspecify.annotations.Nullable;

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
 * @param definition model that a new thing is said to follow, or null
 */
public record Facts(
    String device,
    String thingId,
    String policyId,
    String gateway,
    String driver,
    Patch attributes,
    TwinCommand.@Nullable Definition definition) {

  /** Facts of a device whose thing follows no model. */
  public Facts(
      String device,
      String thingId,
      String policyId,
      String gateway,
      String driver,
      Patch attributes) {
    this(device, thingId, policyId, gateway, driver, attributes, null);
  }

  /** The same, of a thing that follows a model. */
  public Facts following(TwinCommand.Definition model) {
    return new Facts(device, thingId, policyId, gateway, driver, attributes, model);
  }
}
