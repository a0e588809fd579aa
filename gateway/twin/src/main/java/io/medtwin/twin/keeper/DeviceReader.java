package io.medtwin.twin.keeper;

import io.medtwin.journal.Journal;
import io.medtwin.journal.Replay;
import io.medtwin.twin.identity.Sighting;
import io.medtwin.twin.ledger.Account;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.outbox.Facts;
import io.medtwin.twin.state.Twin;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Tells every device from a journal alone, whether its gateway runs or not: the same fold as the
 * keeper's, and then the time that passed since.
 */
public final class DeviceReader {

  private DeviceReader() {}

  /**
   * One device.
   *
   * @param view as it is shown in a table
   * @param facts its ids and attributes
   * @param twin its twin
   * @param account what became of its reports
   * @param sightings what the file and the device say of its identity
   * @param doubt what is doubtful about that, empty where nothing is
   * @param unplaced how often each parameter without a place in the profile was said
   */
  public record Told(
      DeviceView view,
      Facts facts,
      Twin twin,
      Account account,
      List<Sighting> sightings,
      String doubt,
      Map<String, Long> unplaced) {}

  /**
   * What a journal says.
   *
   * @param devices in the order of the plans
   * @param damages what could not be read
   */
  public record Read(List<Told> devices, List<String> damages) {}

  /** Reads a journal by {@code reading}, which plays it into what it is given. */
  public static Read read(
      Collection<DevicePlan> plans,
      Units units,
      Instant now,
      Function<Replay, Journal.End> reading) {
    var lines = new Lines(plans, units, new SplittableRandom(0), now);
    var recovered = new Recovered(lines, now);
    var unused = reading.apply(recovered);
    for (DeviceLine line : lines.all()) {
      var unchanged = line.age(now);
    }
    return new Read(lines.all().stream().map(DeviceLine::told).toList(), recovered.damages());
  }
}
