package io.medtwin.simulator.bedside;

import io.medtwin.driver.philipsintellivue.wire.AlarmEntry;
import io.medtwin.driver.philipsintellivue.wire.AlertCondition;
import io.medtwin.driver.philipsintellivue.wire.AttributeId;
import io.medtwin.driver.philipsintellivue.wire.Attributes;
import io.medtwin.driver.philipsintellivue.wire.ObjectClass;
import io.medtwin.driver.philipsintellivue.wire.Observation;
import io.medtwin.driver.philipsintellivue.wire.Pdu;
import io.medtwin.driver.philipsintellivue.wire.SystemFacts;
import io.medtwin.driver.philipsintellivue.wire.Ticks;
import io.medtwin.driver.philipsintellivue.wire.UserInformation;
import io.medtwin.driver.philipsintellivue.wire.WaveList;
import io.medtwin.simulator.bedside.MonitorSigns.Signal;
import io.medtwin.simulator.physiology.Patient;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The monitor's half of a conversation: requests in, answers out, and the answers that come by
 * themselves as time goes by. One client at a time. A request for demographics, or to change
 * anything but the export of waves, is answered by an error and counted. Used by one thread.
 */
final class MonitorTalk {
  private static final LocalDateTime WALL_CLOCK = LocalDateTime.of(2026, 1, 1, 8, 0);
  private static final long FIRST_TICKS = 800_000;
  private static final int MONITORING = 0x4000;
  private static final int CREATE_ID = 1;
  private static final int LARGEST_MESSAGE = 1456;
  private static final int PARAMETER_ERROR = 2;
  private static final Duration REPEAT = Duration.ofSeconds(1);

  /** What nobody was there to say in time is left out, as a busy monitor does. */
  private static final Duration LATE_MAX = Duration.ofSeconds(2);

  private static final Duration NUMERICS_EVERY = Duration.ofSeconds(1);
  private static final Duration WAVES_EVERY = Duration.ofMillis(256);

  private final MonitorSigns signs;
  private final String mac;
  private final Set<MonitorAlarm> alarms = EnumSet.noneOf(MonitorAlarm.class);
  private final Map<Integer, Stream> streams = new LinkedHashMap<>();
  private List<Signal> exported = List.of(Signal.values());
  private @Nullable UserInformation granted;
  private boolean isDescribed;
  private Duration lastRequest = Duration.ZERO;
  private Duration nextEvent = Duration.ZERO;
  private int alarmChanges;
  private long refused;

  /** Answers to one request that come by themselves. */
  private static final class Stream {
    final Pdu.PollRequest request;
    final Duration every;
    final Duration end;
    Duration next;
    int sequence;

    Stream(Pdu.PollRequest request, Duration every, Duration begin, Duration end) {
      this.request = request;
      this.every = every;
      this.next = begin;
      this.end = end;
    }
  }

  /**
   * Nobody is connected.
   *
   * @param mac hardware address, 12 hex digits
   */
  MonitorTalk(Patient patient, String mac) {
    this.signs = new MonitorSigns(patient);
    this.mac = mac;
  }

  /** Requests that got an error. */
  long refused() {
    return refused;
  }

  void raise(MonitorAlarm alarm) {
    alarmChanges += alarms.add(alarm) ? 1 : 0;
  }

  void clear(MonitorAlarm alarm) {
    alarmChanges += alarms.remove(alarm) ? 1 : 0;
  }

  /** Whether a client is connected; one that asks nothing for the time-out is not. */
  boolean isConnected(Duration now) {
    if (granted != null && now.compareTo(lastRequest.plus(granted.timeOut())) > 0) {
      disconnect();
    }
    return granted != null;
  }

  /** Answers to one message of the client. */
  List<Pdu> answers(Pdu message, Duration now) {
    if (message instanceof Pdu.AssociationRequest(var wanted)) {
      return accept(wanted, now);
    }
    if (!isConnected(now)) {
      return List.of();
    }
    lastRequest = now;
    return switch (message) {
      case Pdu.ReleaseRequest() -> {
        disconnect();
        yield List.of(new Pdu.ReleaseResponse());
      }
      case Pdu.Abort() -> {
        disconnect();
        yield List.of();
      }
      case Pdu.EventResult result -> {
        isDescribed |= result.type() == Pdu.MDS_CREATE;
        yield List.of();
      }
      case Pdu.PollRequest request -> isDescribed ? poll(request, now) : List.of();
      case Pdu.GetRequest get when get.ids().equals(List.of(AttributeId.WAVE_PRIORITY)) ->
          List.of(new Pdu.GetResult(get.invokeId(), list(List.of(Signal.values()))));
      case Pdu.GetRequest get -> refuse(get.invokeId());
      case Pdu.SetRequest set -> choose(set);
      default -> List.of();
    };
  }

  /** What it says by itself until now. */
  List<Pdu> due(Duration now) {
    if (!isConnected(now)) {
      return List.of();
    }
    var said = new ArrayList<Pdu>();
    if (!isDescribed && now.compareTo(nextEvent) >= 0) {
      nextEvent = now.plus(REPEAT);
      said.add(facts(now).toMdsCreate(CREATE_ID, ticks(now)));
    }
    streams.values().removeIf(stream -> now.compareTo(stream.end) >= 0);
    for (var stream : streams.values()) {
      while (stream.next.compareTo(now) <= 0) {
        if (now.minus(stream.next).compareTo(LATE_MAX) < 0) {
          said.addAll(answer(stream.request, stream.next, stream.sequence));
        }
        stream.sequence = stream.sequence + 1 & 0xFFFF;
        stream.next = stream.next.plus(stream.every);
      }
    }
    return said;
  }

  private List<Pdu> accept(UserInformation wanted, Duration now) {
    disconnect();
    lastRequest = now;
    nextEvent = now;
    granted =
        new UserInformation(
            UserInformation.MONITOR,
            0x80000000L,
            wanted.minPollPeriodTicks(),
            LARGEST_MESSAGE,
            LARGEST_MESSAGE,
            0xFFFFFFFFL,
            wanted.options(),
            wanted.extendedOptions());
    return List.of(new Pdu.AssociationAccept(granted));
  }

  private void disconnect() {
    granted = null;
    isDescribed = false;
    streams.clear();
    exported = List.of(Signal.values());
  }

  private List<Pdu> poll(Pdu.PollRequest request, Duration now) {
    int objectClass = request.polled().objectClass();
    var every =
        switch (objectClass) {
          case ObjectClass.NUMERICS, ObjectClass.ALARMS -> NUMERICS_EVERY;
          case ObjectClass.WAVES -> WAVES_EVERY;
          case ObjectClass.SYSTEM -> Duration.ZERO;
          default -> null;
        };
    var period = request.periodTicks();
    if (every == null || period != null && every.isZero()) {
      return refuse(request.invokeId());
    }
    if (period == null) {
      return answer(request, now, 0);
    }
    long begun = now.dividedBy(every) + 1;
    streams.put(
        objectClass,
        new Stream(request, every, every.multipliedBy(begun), now.plus(Ticks.duration(period))));
    return List.of();
  }

  private List<Pdu> answer(Pdu.PollRequest request, Duration at, int sequence) {
    double seconds = at.toNanos() / 1e9;
    var observations =
        switch (request.polled().objectClass()) {
          case ObjectClass.NUMERICS -> signs.numerics(seconds, WALL_CLOCK, alarms);
          case ObjectClass.ALARMS -> List.of(alarmLists());
          case ObjectClass.WAVES -> waves(seconds, sequence);
          default -> List.of(new Observation(0, 1, facts(at).toAttributes()));
        };
    return result(request, observations, at, sequence);
  }

  private List<Observation> waves(double seconds, int sequence) {
    var begin = seconds - MonitorSigns.BLOCK_SECONDS;
    var stretches = signs.stretches(exported, begin);
    if (sequence > 0) {
      return stretches;
    }
    var all = new ArrayList<>(signs.descriptions(exported));
    all.addAll(stretches);
    return all;
  }

  /** The first answer of a stream in linked parts, as a monitor sends what is long. */
  private List<Pdu> result(
      Pdu.PollRequest request, List<Observation> observations, Duration at, int sequence) {
    boolean isStream = request.periodTicks() != null;
    boolean isWave = request.polled().objectClass() == ObjectClass.WAVES;
    long ticks = ticks(isWave ? at.minus(WAVES_EVERY) : at);
    var number = isStream ? sequence : null;
    int half = observations.size() / 2;
    if (sequence > 0 || !isStream || half == 0) {
      return List.of(part(request, null, number, ticks, observations));
    }
    return List.of(
        part(
            request, new Pdu.Link(Pdu.Link.FIRST, 1), number, ticks, observations.subList(0, half)),
        part(
            request,
            new Pdu.Link(Pdu.Link.LAST, 2),
            number,
            ticks,
            observations.subList(half, observations.size())),
        part(request, null, number, ticks, List.of()));
  }

  private static Pdu part(
      Pdu.PollRequest request,
      Pdu.@Nullable Link link,
      @Nullable Integer sequence,
      long ticks,
      List<Observation> observations) {
    return new Pdu.PollResult(
        request.invokeId(), link, request.polled(), sequence, ticks, null, observations);
  }

  private Observation alarmLists() {
    var patient = entries(false);
    var technical = entries(true);
    int highestPatient = patient.stream().mapToInt(AlarmEntry::type).max().orElse(0);
    int highestTechnical = technical.stream().mapToInt(AlarmEntry::type).max().orElse(0);
    return new Observation(
        0,
        33_793,
        Attributes.of(
            new AlertCondition(
                    0,
                    alarmChanges & 0xFFFF,
                    highestPatient,
                    highestTechnical,
                    Math.max(highestPatient, highestTechnical))
                .toAttribute(),
            AlarmEntry.list(AttributeId.PATIENT_ALARMS, patient),
            AlarmEntry.list(AttributeId.TECHNICAL_ALARMS, technical)));
  }

  private List<AlarmEntry> entries(boolean isTechnical) {
    return alarms.stream()
        .filter(alarm -> alarm.isTechnical() == isTechnical)
        .map(MonitorAlarm::entry)
        .toList();
  }

  private List<Pdu> choose(Pdu.SetRequest set) {
    var wanted =
        set.attribute().id() == AttributeId.WAVE_PRIORITY
            ? WaveList.parse(set.attribute().value())
            : Optional.<List<Integer>>empty();
    if (wanted.isEmpty()) {
      return refuse(set.invokeId());
    }
    exported =
        List.of(Signal.values()).stream().filter(one -> wanted.get().contains(one.code)).toList();
    return List.of(new Pdu.SetResult(set.invokeId(), list(exported)));
  }

  private List<Pdu> refuse(int invokeId) {
    refused++;
    return List.of(new Pdu.Failure(invokeId, PARAMETER_ERROR));
  }

  private static Attributes list(List<Signal> signals) {
    return Attributes.of(WaveList.of(signals.stream().map(one -> one.code).toList()));
  }

  private SystemFacts facts(Duration now) {
    return new SystemFacts(
        "Philips", "M8003A", mac, MONITORING, WALL_CLOCK.plus(now), ticks(now), List.of());
  }

  private static long ticks(Duration now) {
    return Ticks.plus(FIRST_TICKS, Ticks.of(now));
  }
}
