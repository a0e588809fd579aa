package io.medtwin.journal;

import java.time.Instant;
import java.util.List;

/** What happened on the side of the devices, or was done to one: one line of the journal. */
public sealed interface Entry {

  /** Configured id of the device. */
  String device();

  /** When it happened, by the gateway's clock, in whole milliseconds. */
  Instant at();

  /**
   * Reports of one device that came together.
   *
   * @param device configured id of the device
   * @param reports one or more, with consecutive sequence numbers
   */
  record Heard(String device, List<Received> reports) implements Entry {

    /** Most reports in one line; a message with more is several lines. */
    public static final int MAX_REPORTS = 256;

    public Heard {
      if (reports.isEmpty() || reports.size() > MAX_REPORTS) {
        throw new IllegalArgumentException(
            "1 to " + MAX_REPORTS + " reports in a line, got " + reports.size());
      }
      reports = List.copyOf(reports);
    }

    /** One report. */
    public static Heard of(Received received) {
      return new Heard(received.device(), List.of(received));
    }

    @Override
    public Instant at() {
      return reports.getFirst().receivedAt();
    }
  }

  /**
   * A link to the device is open. That says nothing of the device.
   *
   * @param device configured id of the device
   * @param at when
   */
  record LinkUp(String device, Instant at) implements Entry {}

  /**
   * The link to the device is lost.
   *
   * @param device configured id of the device
   * @param why for people, without payload
   * @param at when
   */
  record LinkDown(String device, String why, Instant at) implements Entry {}

  /**
   * The device is in maintenance from now on: what is missing meanwhile was planned.
   *
   * @param device configured id of the device
   * @param reason for people, without patient
   * @param until when it ends by itself
   * @param by who said so
   * @param at when
   */
  record Muted(String device, String reason, Instant until, String by, Instant at)
      implements Entry {}

  /**
   * The device's maintenance is over.
   *
   * @param device configured id of the device
   * @param by who said so
   * @param at when
   */
  record Unmuted(String device, String by, Instant at) implements Entry {}
}
