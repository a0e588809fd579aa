package io.medtwin.simulator.device;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/**
 * An outlet for a device that says several things at a moment, or none.
 *
 * @param <S> what it says
 * @param <M> what the wire carries
 */
public final class EachOutlet<S, M> implements Outlet<List<S>> {
  private final Outlet<M> wire;
  private final Function<S, M> form;

  /** Sends each thing in a form that {@code wire} carries; takes the wire over. */
  public EachOutlet(Outlet<M> wire, Function<S, M> form) {
    this.wire = wire;
    this.form = form;
  }

  @Override
  public void send(List<S> said) throws IOException {
    for (S each : said) {
      wire.send(form.apply(each));
    }
  }

  @Override
  public void unplug() throws IOException {
    wire.unplug();
  }

  @Override
  public void plug() throws IOException {
    wire.plug();
  }

  @Override
  public void close() {
    wire.close();
  }
}
