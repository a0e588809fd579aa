package io.medtwin.runtime.session;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.transport.Transport;
import io.medtwin.spi.transport.Wire;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens as a script says; the last step is repeated for ever. */
final class ScriptedTransport implements Transport {

  /** One attempt. */
  interface Step {
    Wire open() throws IOException, InterruptedException;
  }

  private final LinkKind kind;
  private final List<Step> steps;
  private final AtomicInteger attempts = new AtomicInteger();

  ScriptedTransport(LinkKind kind, Step... steps) {
    this.kind = kind;
    this.steps = List.of(steps);
  }

  static Wire refuse() throws IOException {
    throw new IOException("nobody answers");
  }

  int attempts() {
    return attempts.get();
  }

  @Override
  public LinkKind kind() {
    return kind;
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public Wire open() throws IOException, InterruptedException {
    int attempt = attempts.getAndIncrement();
    return steps.get(Math.min(attempt, steps.size() - 1)).open();
  }
}
