package io.medtwin.ditto.embedded.internal.twins;

import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;

/** Told of everything that is stored or forgotten, in order, under the lock of {@link Twins}. */
public interface Keeper {
  /** Keeps nothing. */
  Keeper NOTHING =
      new Keeper() {
        @Override
        public void keep(Thing thing) {}

        @Override
        public void keep(Policy policy) {}

        @Override
        public void forget(ThingId thing) {}

        @Override
        public void forget(PolicyId policy) {}
      };

  void keep(Thing thing);

  void keep(Policy policy);

  void forget(ThingId thing);

  void forget(PolicyId policy);
}
