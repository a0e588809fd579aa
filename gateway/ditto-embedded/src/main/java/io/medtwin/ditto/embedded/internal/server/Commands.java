package io.medtwin.ditto.embedded.internal.server;

import io.medtwin.ditto.embedded.internal.protocol.Acks;
import io.medtwin.ditto.embedded.internal.twins.Caller;
import io.medtwin.ditto.embedded.internal.twins.Reply;
import io.medtwin.ditto.embedded.internal.twins.Twins;
import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.ditto.base.model.common.HttpStatus;
import org.eclipse.ditto.base.model.exceptions.DittoRuntimeException;
import org.eclipse.ditto.base.model.exceptions.TooManyRequestsException;
import org.eclipse.ditto.base.model.headers.DittoHeaders;
import org.eclipse.ditto.base.model.signals.Signal;
import org.eclipse.ditto.base.model.signals.acks.Acknowledgements;
import org.eclipse.ditto.base.model.signals.commands.exceptions.GatewayInternalErrorException;
import org.eclipse.ditto.base.model.signals.commands.exceptions.GatewayServiceUnavailableException;
import org.eclipse.ditto.things.model.signals.commands.modify.ThingModifyCommand;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where every command passes, from whatever socket: counted, troubled on purpose, carried out,
 * answered once.
 */
final class Commands {
  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  private final Twins twins;
  private final TroublePlan plan;
  private final Tally tally;

  Commands(Twins twins, TroublePlan plan, Tally tally) {
    this.twins = twins;
    this.plan = plan;
    this.tally = tally;
  }

  /** What becomes of a command. */
  interface Outcome {
    void replied(Reply reply);

    void acknowledged(Acknowledgements acks);

    void refused(DittoRuntimeException error);
  }

  /**
   * Carries a command out.
   *
   * @param command is read from its text only now; may throw what Ditto's library throws
   * @param loop calls the outcome back, now or, when delayed on purpose, later
   */
  void run(Supplier<Signal<?>> command, Caller caller, EventExecutor loop, Outcome outcome) {
    tally.command();
    switch (plan.take()) {
      case Trouble.None() -> execute(command, caller, loop, outcome);
      case Trouble.Refuse(int status) -> refuse(command, status, outcome);
      case Trouble.Delay(var by) ->
          loop.schedule(
              () -> execute(command, caller, loop, outcome), by.toMillis(), TimeUnit.MILLISECONDS);
      case Trouble.Hang() -> LOG.debug("A command hangs, as ordered");
      case Trouble.LoseAnswer() -> execute(command, caller, loop, new Silent());
    }
  }

  /** Counts an answer that no command came to, such as one to malformed text. */
  void answered(int status) {
    tally.answered(status);
  }

  private void execute(
      Supplier<Signal<?>> command, Caller caller, EventExecutor loop, Outcome outcome) {
    Reply reply;
    Signal<?> signal;
    DittoHeaders headers = DittoHeaders.empty();
    try {
      signal = command.get();
      headers = signal.getDittoHeaders();
      reply = twins.execute(signal, caller);
    } catch (DittoRuntimeException e) {
      refuse(
          e.getDittoHeaders().getCorrelationId().isPresent() ? e : e.setDittoHeaders(headers),
          outcome);
      return;
    } catch (RuntimeException e) {
      LOG.warn("A command failed unexpectedly; answered with 500", e);
      refuse(GatewayInternalErrorException.newBuilder().dittoHeaders(headers).build(), outcome);
      return;
    }
    if (signal instanceof ThingModifyCommand<?> modify
        && headers.isResponseRequired()
        && Acks.asked(headers)) {
      acknowledge(
          Acks.of(modify.getEntityId(), reply.status(), headers),
          Acks.delay(headers),
          loop,
          outcome);
    } else {
      tally.answered(reply.status().getCode());
      outcome.replied(reply);
    }
  }

  private void acknowledge(
      Acknowledgements acks, Duration delay, EventExecutor loop, Outcome outcome) {
    Runnable answer =
        () -> {
          tally.answered(acks.getHttpStatus().getCode());
          outcome.acknowledged(acks);
        };
    if (delay.isZero()) {
      answer.run();
    } else {
      loop.schedule(answer, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void refuse(Supplier<Signal<?>> command, int status, Outcome outcome) {
    DittoHeaders headers;
    try {
      headers = command.get().getDittoHeaders();
    } catch (DittoRuntimeException e) {
      headers = e.getDittoHeaders();
    }
    refuse(ordered(status, headers), outcome);
  }

  private void refuse(DittoRuntimeException error, Outcome outcome) {
    tally.answered(error.getHttpStatus().getCode());
    outcome.refused(error);
  }

  private static DittoRuntimeException ordered(int status, DittoHeaders headers) {
    if (status == HttpStatus.TOO_MANY_REQUESTS.getCode()) {
      return TooManyRequestsException.newBuilder().dittoHeaders(headers).build();
    }
    if (status == HttpStatus.SERVICE_UNAVAILABLE.getCode()) {
      return GatewayServiceUnavailableException.newBuilder().dittoHeaders(headers).build();
    }
    return new Ordered(HttpStatus.tryGetInstance(status).orElseThrow(), headers);
  }

  /** Takes what nobody is to hear. */
  private static final class Silent implements Outcome {
    @Override
    public void replied(Reply reply) {}

    @Override
    public void acknowledged(Acknowledgements acks) {}

    @Override
    public void refused(DittoRuntimeException error) {}
  }

  /** Any other status, ordered by a test. */
  private static final class Ordered extends DittoRuntimeException {
    private static final long serialVersionUID = 1L;

    Ordered(HttpStatus status, DittoHeaders headers) {
      super(
          "embedded:fault.ordered",
          status,
          headers,
          "Refused on purpose.",
          "A test ordered this.",
          null,
          null);
    }

    @Override
    public DittoRuntimeException setDittoHeaders(DittoHeaders headers) {
      return new Ordered(getHttpStatus(), headers);
    }
  }
}
