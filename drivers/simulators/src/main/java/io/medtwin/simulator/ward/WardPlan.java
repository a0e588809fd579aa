package io.medtwin.simulator.ward;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a ward is to have. The same plan gives devices that say the same.
 *
 * @param beds beds with a pump, an ECG monitor and an oximeter each, 0 to {@link #MAX_BEDS}
 * @param wearables wearables in the order of their numbers, at most {@link #MAX_WEARABLES}
 * @param seed decides who the patients are and how they fare
 * @param epoch what clocks of devices show when the scenario begins
 * @param speed seconds of scenario for a second of real time, 0.1 to 100
 * @param broker MQTT broker, {@code tcp://host:port}
 * @param coap CoAP server, {@code coap://host:port}
 * @param coaps CoAP server over DTLS, {@code coaps://host:port}
 * @param serialDirectory existing directory where serial ports come out as {@code bed1-pump}; null
 *     for a new temporary one
 */
public record WardPlan(
    int beds,
    List<WearableKind> wearables,
    long seed,
    Instant epoch,
    double speed,
    URI broker,
    URI coap,
    URI coaps,
    @Nullable Path serialDirectory) {
  /**
   * Most beds: each needs two pseudo terminals, of which systems give some hundreds to thousands.
   */
  public static final int MAX_BEDS = 400;

  /** Most wearables. */
  public static final int MAX_WEARABLES = 400;

  public WardPlan {
    wearables = List.copyOf(wearables);
    if (beds < 0 || beds > MAX_BEDS || wearables.size() > MAX_WEARABLES) {
      throw new IllegalArgumentException(
          "a ward has 0 to " + MAX_BEDS + " beds and 0 to " + MAX_WEARABLES + " wearables");
    }
    if (!(speed >= 0.1 && speed <= 100)) {
      throw new IllegalArgumentException("speed is 0.1 to 100, got " + speed);
    }
  }

  /** A ward in real time, with serial ports in a temporary directory. */
  public static WardPlan of(
      int beds,
      List<WearableKind> wearables,
      long seed,
      Instant epoch,
      URI broker,
      URI coap,
      URI coaps) {
    return new WardPlan(beds, wearables, seed, epoch, 1, broker, coap, coaps, null);
  }

  /** As many wearables as given, one kind after the other and then again from the first. */
  public static List<WearableKind> mixed(int count) {
    var kinds = new ArrayList<WearableKind>();
    for (int i = 0; i < count; i++) {
      kinds.add(WearableKind.values()[i % WearableKind.values().length]);
    }
    return kinds;
  }

  /** The same at another speed. */
  public WardPlan withSpeed(double otherSpeed) {
    return new WardPlan(
        beds, wearables, seed, epoch, otherSpeed, broker, coap, coaps, serialDirectory);
  }

  /** The same with serial ports in an existing directory. */
  public WardPlan withSerialDirectory(Path directory) {
    return new WardPlan(beds, wearables, seed, epoch, speed, broker, coap, coaps, directory);
  }
}
