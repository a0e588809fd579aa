package io.medtwin.console.line;

import io.medtwin.journal.JournalState;
import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.spi.Value;
import io.medtwin.twin.keeper.AlertSpan;
import io.medtwin.twin.keeper.DeviceReader.Told;
import io.medtwin.twin.keeper.DeviceView;
import io.medtwin.twin.keeper.Maintenance;
import io.medtwin.twin.keeper.Stretch;
import io.medtwin.twin.ledger.Account;
import io.medtwin.twin.ledger.Outage;
import io.medtwin.twin.tap.Tap;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** One running gateway. Any thread; answers are immutable, and nothing here holds up a reading. */
public interface GatewayLine {

  /** What it is. */
  GatewayFacts facts();

  /** Every device, in the order of the file; the gateway itself is the last. */
  List<DeviceView> devices();

  /** Everything known of one device. */
  Optional<Told> device(String device);

  /** The ledger of every device. */
  List<Account> accounts();

  /** The journal. */
  JournalState journal();

  /** What flows where. */
  Flow flow();

  /** Times in which Ditto could not be reached, the latest last. */
  List<Outage> outages();

  /** Alerts that were there, the latest last; those of the gateway's present life. */
  List<AlertSpan> pastAlerts(String device);

  /**
   * Latest stretches of a wave with a number above {@code after}, oldest first.
   *
   * @param metric {@code channel.name}, such as {@code ecg-ii.wave}
   */
  List<Stretch> wave(String device, String metric, long after);

  /** Devices heard that nobody configured. */
  List<UnclaimedDevice> unclaimed();

  /** Profiles of the installation, as {@code id}s. */
  List<String> profiles();

  /** Profiles that fit a device nobody configured, likeliest first, as {@code id}s. */
  default List<String> mayBe(UnclaimedDevice device) {
    return List.of();
  }

  /** A line to paste into a profile that gives a parameter its place, or empty. */
  default String profileLine(String parameter, Value value) {
    return "";
  }

  /**
   * Configures a device that was heard.
   *
   * @throws Refusal it cannot be done, and why
   */
  Claimed claim(Claim claim) throws Refusal;

  /**
   * Says that a device is in maintenance.
   *
   * @param maintenance its reason 1 to 200 characters without a patient, its end at most 30 days
   *     ahead
   * @throws Refusal there is no such device, or the time makes no sense
   */
  void mute(String device, Maintenance maintenance) throws Refusal;

  /**
   * Ends a device's maintenance.
   *
   * @throws Refusal there is no such device, or it is in none
   */
  void unmute(String device, String by) throws Refusal;

  /**
   * Begins to look over a device's shoulder; {@link #untap} ends it.
   *
   * @throws Refusal there is no such device, or too many look already
   */
  Tap tap(String device) throws Refusal;

  /** Ends it. */
  void untap(Tap tap);

  /** A recording that is about to begin. */
  interface Capture {

    /** Writes it as it comes, until {@code out} fails or nobody may have it any more. */
    void write(OutputStream out, BooleanSupplier allowed) throws IOException;
  }

  /**
   * Begins to record a link.
   *
   * @param target a device, or a link that many devices share
   * @throws Refusal there is neither, or too much is recorded already
   */
  Capture record(String target) throws Refusal;

  /**
   * Writes a zip: configuration with secrets masked, versions, counters, the last lines of the log.
   * No payload.
   */
  void bundle(OutputStream out) throws IOException;
}
