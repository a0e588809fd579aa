package io.medtwin.ditto.embedded.internal.server;

import io.medtwin.ditto.embedded.internal.protocol.Envelopes;
import io.medtwin.ditto.embedded.internal.protocol.Requests;
import io.medtwin.ditto.embedded.internal.twins.Caller;
import io.medtwin.ditto.embedded.internal.twins.Keeper;
import io.medtwin.ditto.embedded.internal.twins.Twins;
import java.time.InstantSource;
import java.util.Optional;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.json.JsonPointer;

/**
 * Loads Ditto's libraries, which takes the better part of a second of processor time, beside the
 * start instead of under the first command: three commands to twins nobody sees.
 */
public final class Warmup implements Runnable {
  private static final String ID = "warm:up";
  private static final String FEATURES = "{\"features\":{\"f\":{\"properties\":{\"seq\":1}}}}";

  private final InstantSource clock;

  /** With the clock of the real twins. */
  public Warmup(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void run() {
    Twins twins = new Twins(clock, Keeper.NOTHING);
    DittoHeaders plain = DittoHeaders.empty();
    DittoHeaders merging =
        DittoHeaders.newBuilder()
            .contentType("application/merge-patch+json")
            .putHeader("condition", "lt(features/f/properties/seq,2)")
            .build();
    JsonPointer root = JsonPointer.empty();
    Caller caller = new Caller("nginx:warm-up", this);
    Optional<String> all = Optional.empty();
    twins.execute(
        Envelopes.command(Requests.thing("PUT", ID, root, FEATURES, all, plain)).command(), caller);
    twins.execute(
        Envelopes.command(Requests.thing("PATCH", ID, root, FEATURES, all, merging)).command(),
        caller);
    twins.execute(
        Envelopes.command(Requests.thing("GET", ID, root, "", all, plain)).command(), caller);
  }
}
