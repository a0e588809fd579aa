package io.medtwin.sync;

import io.medtwin.twin.backend.Answer;
import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.backend.TwinCommand;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.protocol.Adaptable;

/** One command over one session: one message or several, all within one time-out. */
final class Errand {

  /** Ditto's client and cluster take 256 KiB in one frame; the rest is for envelope and headers. */
  static final int LONGEST_MESSAGE_BYTES = 240 * 1024;

  private static final String THING_UNKNOWN = "things:thing.notfound";

  private final DittoConfig config;
  private final Session session;
  private final long endNanos;

  Errand(DittoConfig config, Session session) {
    this.config = config;
    this.session = session;
    this.endNanos = System.nanoTime() + config.commandTimeout().toNanos();
  }

  /** Carries it out; the stage completes normally, within the time-out. */
  CompletionStage<Answer> run(TwinCommand command) {
    return switch (command) {
      case TwinCommand.Merge merge -> merge(merge);
      case TwinCommand.Provision provision -> provision(provision);
      case TwinCommand.Recall recall -> recall(recall);
    };
  }

  private CompletionStage<Answer> merge(TwinCommand.Merge merge) {
    if (!config.allows(merge.thingId())) {
      return CompletableFuture.completedFuture(foreign(merge.thingId()));
    }
    return send(() -> Messages.merge(merge))
        .thenCompose(
            reply ->
                reply.status() == 412
                    ? send(() -> Messages.retrieveEpoch(merge.thingId())).thenApply(this::outdated)
                    : CompletableFuture.completedFuture(Answers.of(reply)));
  }

  /**
   * A merge met 412: what is stored is as new; or there is no such thing, or what there is we may
   * not read, and Ditto says 404 to both.
   */
  private Answer outdated(Reply epoch) {
    return switch (epoch.status()) {
      case 401, 403, 404 ->
          new Answer.NotProvisioned(
              epoch.status(),
              "the thing is not there, or its policy does not let "
                  + config.roles().gateway()
                  + " READ thing:/features ("
                  + epoch.why()
                  + ")");
      default -> new Answer.Outdated(epoch.number());
    };
  }

  private CompletionStage<Answer> provision(TwinCommand.Provision provision) {
    if (!config.allows(provision.thingId()) || !config.allows(provision.policyId())) {
      return CompletableFuture.completedFuture(foreign(provision.thingId()));
    }
    return send(() -> Messages.retrieveLink(provision.thingId()))
        .thenCompose(
            link ->
                link.code().equals(THING_UNKNOWN)
                    ? createPolicy(provision)
                    : CompletableFuture.completedFuture(existing(link)));
  }

  private CompletionStage<Answer> recall(TwinCommand.Recall recall) {
    if (!config.allows(recall.thingId())) {
      return CompletableFuture.completedFuture(foreign(recall.thingId()));
    }
    return send(() -> Messages.retrieveWords(recall.thingId())).thenApply(Errand::recalled);
  }

  private static Answer recalled(Reply words) {
    return switch (words.status()) {
      case 200 -> new Answer.Recalled(PatchJson.readFeatures(words.value()));
      case 403, 404 -> new Answer.Recalled(Patch.EMPTY); // none, or none that we may read
      default -> Answers.of(words);
    };
  }

  private CompletionStage<Answer> createPolicy(TwinCommand.Provision provision) {
    return send(() -> Messages.createPolicy(provision.policyId(), config.roles()))
        .thenCompose(
            policy ->
                switch (policy.status()) {
                  // made, there already, or not ours to make: the thing's creation will tell
                  case 200, 201, 204, 409, 412, 403, 404 -> createThing(provision, policy);
                  default -> CompletableFuture.completedFuture(Answers.of(policy));
                });
  }

  private CompletionStage<Answer> createThing(TwinCommand.Provision provision, Reply policy) {
    return send(() -> Messages.createThing(provision))
        .thenCompose(
            thing ->
                switch (thing.status()) {
                  case 200, 201, 204 ->
                      CompletableFuture.completedFuture(new Answer.Provisioned(true, 0, 0));
                  case 409, 412 -> // somebody was quicker, or we may not read what is there
                      send(() -> Messages.retrieveLink(provision.thingId()))
                          .thenApply(this::existing);
                  case 400, 403, 404 ->
                      CompletableFuture.completedFuture(notCreated(provision, policy, thing));
                  default -> CompletableFuture.completedFuture(Answers.of(thing));
                });
  }

  private Answer existing(Reply link) {
    if (link.isSuccess()) {
      return new Answer.Provisioned(false, link.number("epoch"), link.number("seq"));
    }
    if (link.status() == 404 && link.code().startsWith("things:feature")) {
      // it is there and has no link yet, or none that we may read: the first merge will tell
      return new Answer.Provisioned(false, 0, 0);
    }
    if (link.status() == 403 || link.status() == 404) {
      return new Answer.NotProvisioned(
          link.status(),
          "the thing is there, but its policy does not let "
              + config.roles().gateway()
              + " READ and WRITE thing:/features; let an administrator add it ("
              + link.why()
              + ")");
    }
    return Answers.of(link);
  }

  private Answer notCreated(TwinCommand.Provision provision, Reply policy, Reply thing) {
    if (thing.status() == 400 && !thing.code().equals("things:thing.notcreatable")) {
      return Answers.of(thing);
    }
    return new Answer.NotProvisioned(
        thing.status(),
        "cannot create the thing with policy "
            + provision.policyId()
            + "; "
            + config.roles().gateway()
            + " needs WRITE on thing:/ there ("
            + thing.why()
            + (policy.isSuccess() ? "" : "; policy: " + policy.why())
            + ")");
  }

  private Answer foreign(String thingId) {
    return new Answer.Refused(
        400, thingId + " is outside the configured namespaces " + config.namespaces());
  }

  /** Sends what is built; a message that cannot be built counts as refused by the server. */
  private CompletableFuture<Reply> send(Supplier<Adaptable> build) {
    Adaptable message;
    try {
      message = build.get();
    } catch (IllegalArgumentException | DittoRuntimeException | JsonRuntimeException e) {
      return refusedUnsent(400, String.valueOf(e.getMessage()));
    }
    Duration left = Duration.ofNanos(endNanos - System.nanoTime());
    if (left.isNegative() || left.isZero()) {
      return CompletableFuture.completedFuture(
          Reply.none("no answer within " + config.commandTimeout()));
    }
    int bytes = Messages.payloadBytes(message);
    if (bytes > LONGEST_MESSAGE_BYTES) {
      return refusedUnsent(
          413, "a message of " + bytes + " bytes; " + LONGEST_MESSAGE_BYTES + " is the most");
    }
    return session.send(message, left);
  }

  private static CompletableFuture<Reply> refusedUnsent(int status, String why) {
    return CompletableFuture.completedFuture(
        new Reply(status, "not sent", why, JsonFactory.nullLiteral()));
  }
}
