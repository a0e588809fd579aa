package io.medtwin.driver.hl7v2;

import io.medtwin.driver.hl7v2.AlertRows.Facet;
import io.medtwin.driver.hl7v2.er7.Er7Exception;
import io.medtwin.driver.hl7v2.er7.Er7Message;
import io.medtwin.driver.hl7v2.er7.Group;
import io.medtwin.driver.hl7v2.er7.Header;
import io.medtwin.driver.hl7v2.er7.Problem;
import io.medtwin.driver.hl7v2.er7.Segment;
import io.medtwin.spi.Absent;
import io.medtwin.spi.Absent.Reason;
import io.medtwin.spi.Alert;
import io.medtwin.spi.DeviceEvent;
import io.medtwin.spi.DeviceTime;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Reading.Flag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a message says: first who its devices are, then alerts and events, then readings. Two passes
 * over each group, objects first, since rows may come in any order. A row that makes no sense costs
 * only itself. Keeps identities and open alerts from message to message; used by one thread.
 */
final class Reports {

  private static final String EVENT_OF_PUMP = "R42";
  private static final String ALERT = "R40";
  private static final long EVENT_CONDITION = 68487;
  private static final long EVENT_SOURCE = 68488;
  private static final long TIME_SYNC_PROTOCOL = 68220;
  private static final long NO_TIME_SYNC = 532224;

  private final Identities identities = new Identities();
  private final Occurrences occurrences = new Occurrences();

  /** A number of OBX-4 in the report of one maker. */
  private record Place(long device, String reporter) {}

  /** One message on its way through. */
  private final class Pass {

    private final Header header;
    private final @Nullable HlTime sent;
    private final List<Discarded> discards;
    private final Map<Place, String> devices = new HashMap<>();
    private final List<Told> first = new ArrayList<>();
    private final List<Told> urgent = new ArrayList<>();
    private final List<Told> readings = new ArrayList<>();
    private int withoutDevice;

    Pass(Header header, List<Discarded> discards) {
      this.header = header;
      this.sent = HlTime.of(header.component(7, 1));
      this.discards = discards;
    }

    List<Told> of(Er7Message message) throws Er7Exception {
      for (Group group : message.groups()) {
        take(group);
      }
      if (withoutDevice > 0 && first.isEmpty() && urgent.isEmpty() && readings.isEmpty()) {
        throw new Er7Exception(
            Problem.REQUIRED_FIELD, "OBX-18", "the instance of a device", Optional.of(header));
      }
      first.addAll(urgent);
      first.addAll(readings);
      return first;
    }

    private void take(Group group) {
      var rows = group.rows().stream().map(Row::of).toList();
      var ofDevice = new LinkedHashMap<Long, List<Row>>();
      for (Row row : rows) {
        ofDevice.computeIfAbsent(row.place().device(), number -> new ArrayList<>()).add(row);
      }
      ofDevice.forEach((number, itsRows) -> device(number, itsRows, group));
    }

    private void device(long number, List<Row> rows, Group group) {
      var id = deviceOf(number, rows, group);
      if (id == null) {
        withoutDevice += rows.size();
        discards.add(new Discarded("", "row of no device"));
        return;
      }
      var device = id;
      identities
          .learn(device, rows, group)
          .ifPresent(identity -> first.add(new Told(device, identity)));
      var names = new Names(rows);
      var clock = new Clock(group, sent, isSynchronised(rows));
      if (header.trigger().equals(ALERT)) {
        alert(device, rows, group, names, clock);
      }
      if (header.trigger().equals(EVENT_OF_PUMP)) {
        event(device, rows, names, clock);
      }
      waves(device, rows, names, clock);
      for (Row row : rows) {
        if (!row.isObject() && !Waves.isRate(row)) {
          reading(device, row, names, clock);
        }
      }
    }

    /**
     * Its own instance; else that of an earlier group with the same number and the same maker of
     * the report, since waves stand in groups of their own without objects; else the maker.
     */
    private @Nullable String deviceOf(long number, List<Row> rows, Group group) {
      var reporter = Senders.reporter(group, header);
      var place = new Place(number, reporter.orElse(""));
      var own = Senders.of(number, rows, group);
      own.ifPresent(id -> devices.put(place, id));
      return own.or(() -> Optional.ofNullable(devices.get(place))).or(() -> reporter).orElse(null);
    }

    private void alert(String device, List<Row> rows, Group group, Names names, Clock clock) {
      var alert = new AlertRows(rows);
      var condition = alert.condition();
      if (condition.isEmpty() || group.request().isEmpty()) {
        discards.add(new Discarded(device, "alert without a condition"));
        return;
      }
      if (!header.isProduction()) {
        discards.add(new Discarded(device, "alert of a test or a training"));
        return;
      }
      var source = alert.row(Facet.SOURCE);
      var parameter = source.map(row -> sourceName(row, names)).orElse(null);
      var code = condition.get().name();
      var phase = alert.phase();
      var occurrence =
          occurrences.of(
              group.request().get(),
              phase,
              device,
              code,
              Objects.requireNonNullElse(parameter, ""));
      var time = alert.row(Facet.CONDITION).map(clock::at).orElse(null);
      urgent.add(
          new Told(
              device,
              new Alert(
                  occurrence,
                  code,
                  phase,
                  alert.priority(),
                  alert.kind(),
                  alert.text(),
                  parameter,
                  time)));
    }

    /** The metric itself, or the part of the device that a source row names. */
    private @Nullable String sourceName(Row row, Names names) {
      var named = Term.of(row.value());
      if (AlertRows.facet(row) == Facet.SOURCE && named.isMdc()) {
        return named.name();
      }
      return row.term().code() == 68480 || row.term().isNone() ? null : names.of(row);
    }

    private void event(String device, List<Row> rows, Names names, Clock clock) {
      var text =
          rows.stream()
              .filter(row -> row.term().code() == EVENT_SOURCE)
              .map(row -> names.object(Containment.of(row.value().text(1))))
              .filter(code -> code > 0)
              .map(code -> "mdc-" + code)
              .findFirst()
              .orElse("");
      int told = 0;
      for (Row row : rows) {
        if (row.term().code() == EVENT_CONDITION) {
          var event = Term.of(row.value());
          if (!event.isNone()) {
            told++;
            urgent.add(new Told(device, new DeviceEvent(event.name(), text, clock.at(row))));
          }
        }
      }
      if (told == 0) {
        discards.add(new Discarded(device, "event message without an event"));
      }
    }

    private void waves(String device, List<Row> rows, Names names, Clock clock) {
      var rates = new HashMap<Containment, Row>();
      rows.stream().filter(Waves::isRate).forEach(row -> rates.put(row.place().owner(), row));
      for (Row row : rows) {
        if (!row.type().equals("NA")) {
          continue;
        }
        var rate = Optional.ofNullable(rates.get(row.place().owner())).map(Waves::ratePerSecond);
        if (rate.isEmpty() || rate.get().isEmpty()) {
          discards.add(new Discarded(device, "wave without its sample rate"));
          continue;
        }
        var samples = Waves.of(row, rate.get().getAsDouble());
        if (samples.isEmpty() || row.term().isNone()) {
          discards.add(new Discarded(device, "wave that cannot be read"));
          continue;
        }
        add(device, new Reading(names.of(row), samples.get(), Values.flags(row), clock.at(row)));
      }
    }

    private void reading(String device, Row row, Names names, Clock clock) {
      if (row.type().equals("NA") || isEventRow(row) || Identities.isFact(row)) {
        return;
      }
      if (row.term().isNone()) {
        discards.add(new Discarded(device, "row without a code"));
        return;
      }
      if (Persons.isAbout(row)) {
        discards.add(new Discarded(device, "row about a person"));
        return;
      }
      var facet = header.trigger().equals(ALERT) ? AlertRows.facet(row) : null;
      boolean isSaidByTheAlert =
          facet != null
              && facet != Facet.STATE
              && facet != Facet.INACTIVATION
              && !(facet == Facet.SOURCE && row.type().equals("NM"));
      if (isSaidByTheAlert) {
        return;
      }
      var judged = Values.of(row);
      if (judged.value() instanceof Absent absent
          && absent.reason() == Reason.INVALID
          && !row.flags().contains("INV")) {
        discards.add(new Discarded(device, "value that is not of its type"));
      }
      var name = facet == null || facet == Facet.SOURCE ? names.of(row) : facetName(facet);
      var value = facet == null || facet == Facet.SOURCE ? judged.value() : Values.wordOf(row);
      add(device, new Reading(name, value, judged.flags(), clock.at(row)));
    }

    private void add(String device, Reading reading) {
      readings.add(new Told(device, header.isProduction() ? reading : reading.with(Flag.TEST)));
    }
  }

  /** All that a message says, in the order it is to be told; nothing of it was told yet. */
  List<Told> of(Er7Message message, List<Discarded> discards) throws Er7Exception {
    for (int i = 0; i < message.badRows(); i++) {
      discards.add(new Discarded("", "segment that cannot be read"));
    }
    return new Pass(message.header(), discards).of(message);
  }

  private static String facetName(Facet facet) {
    return facet == Facet.STATE ? "mdc-68482" : "mdc-68483";
  }

  private static boolean isEventRow(Row row) {
    return row.term().code() == EVENT_CONDITION || row.term().code() == EVENT_SOURCE;
  }

  /** Whether the device says that its clock follows a time source. */
  private static boolean isSynchronised(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.term().code() == TIME_SYNC_PROTOCOL)
        .anyMatch(
            row -> {
              long protocol = Term.of(row.value()).code();
              return protocol > 0 && protocol != NO_TIME_SYNC;
            });
  }

  /** The time of a row: OBX-14, else OBR-7 of its group, else MSH-7. */
  private record Clock(@Nullable HlTime group, @Nullable HlTime message, boolean isSynchronised) {

    Clock(Group group, @Nullable HlTime message, boolean isSynchronised) {
      this(
          group.request().map((Segment request) -> HlTime.of(request.text(7))).orElse(null),
          message,
          isSynchronised);
    }

    @Nullable DeviceTime at(Row row) {
      var own = HlTime.of(row.segment().text(14));
      var time = own == null ? group : own.orOffsetOf(group);
      var known = time == null ? message : time;
      return known == null ? null : known.toDeviceTime(isSynchronised);
    }
  }
}
