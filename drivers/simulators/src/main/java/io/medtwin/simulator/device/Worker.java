package io.medtwin.simulator.device;

import org.jspecify.annotations.Nullable;

/**
 * The platform thread on which a device hears and answers, from when it is switched on to when it
 * is switched off, again and again. Methods may be called by any thread.
 */
public final class Worker {
  private final String id;
  private final Runnable work;
  private @Nullable Thread thread;

  /**
   * Does nothing yet.
   *
   * @param id of the device
   * @param work what is done; ends when interrupted
   */
  public Worker(String id, Runnable work) {
    this.id = id;
    this.work = work;
  }

  /** Switches it on; does nothing if it is. */
  public synchronized void start() {
    if (thread == null) {
      thread = Thread.ofPlatform().daemon().name("simulator-" + id).start(work);
    }
  }

  /** Switches it off, without waiting for it. */
  public synchronized void stop() {
    if (thread != null) {
      thread.interrupt();
      thread = null;
    }
  }
}
