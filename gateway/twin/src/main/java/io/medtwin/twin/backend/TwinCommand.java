package io.medtwin.twin.backend;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing to do for one twin. */
public sealed interface TwinCommand {

  /** The Ditto thing id, {@code namespace:name}. */
  String thingId();

  /**
   * Makes sure that policy and thing exist. Creates what is missing ({@code If-None-Match: *}) and
   * changes nothing that is there. Answered by {@link Answer.Provisioned}.
   *
   * @param thingId id of the thing
   * @param policyId id of the policy, shared by all things of a class and site
   * @param attributes attributes of a new thing, as members of {@code attributes}
   * @param definition model that a new thing is said to follow, or null; no thing loses its own
   */
  record Provision(
      String thingId, String policyId, Patch attributes, @Nullable Definition definition)
      implements TwinCommand {

    /** Of a thing that follows no model. */
    public Provision(String thingId, String policyId, Patch attributes) {
      this(thingId, policyId, attributes, null);
    }
  }

  /**
   * The WoT Thing Model that a thing follows, by URL.
   *
   * @param thing model of the thing
   * @param features model of each feature; a server that checks wants all of them to be there from
   *     the beginning
   */
  record Definition(String thing, Map<String, String> features) {
    public Definition {
      features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
    }
  }

  /**
   * Reads which alerts and events the thing has: for a gateway that may have told some of them and
   * does not know any more. Changes nothing. Answered by {@link Answer.Recalled}.
   *
   * @param thingId id of the thing
   */
  record Recall(String thingId) implements TwinCommand {}

  /**
   * Merges a patch (RFC 7396) into the thing, on condition that what is stored is older than {@code
   * (epoch, seq)}. Answered by {@link Answer.Stored}, or by why not.
   *
   * @param thingId id of the thing
   * @param epoch ownership counter of the device, 1 or more
   * @param seq write counter within the epoch, 1 or more; the patch itself carries both in {@code
   *     features/link}
   * @param patch members at the root of the thing ({@code attributes}, {@code features})
   */
  record Merge(String thingId, long epoch, long seq, Patch patch) implements TwinCommand {}
}
