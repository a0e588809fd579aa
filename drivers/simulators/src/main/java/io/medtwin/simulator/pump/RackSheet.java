package io.medtwin.simulator.pump;

import io.medtwin.driver.bbraunbcc.Stuffing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a rack of pumps is and what is in it.
 *
 * @param bed name of its station, up to 15 letters and digits
 * @param stuffing as set at its ComDevice
 * @param cycle how often the ComDevice tells everything by itself; null where it waits to be asked
 * @param pumps pump of each slot, by address: {@code 50111} to {@code 5013O}; serial numbers are
 *     digits
 */
public record RackSheet(
    String bed, Stuffing stuffing, @Nullable Duration cycle, Map<String, PumpSheet> pumps) {

  /** Slots of a pillar, from the bottom. */
  private static final String SLOTS = "123456789ABCDEFGHIJKLMNO";

  private static final int PILLARS = 3;
  private static final List<String> DRUGS =
      List.of("NORADRENALINE", "PROPOFOL", "DOBUTAMINE", "INSULIN", "HEPARIN", "MIDAZOLAM");
  private static final int SYRINGE_MILLILITRES = 50;

  public RackSheet {
    pumps = Map.copyOf(pumps);
  }

  /**
   * A rack that is asked, stuffs, and is filled from the bottom of its first pillar.
   *
   * @param pumps 0 to 72
   * @param seed for serial numbers, drugs and rates
   */
  public static RackSheet of(String bed, int pumps, long seed) {
    if (pumps < 0 || pumps > PILLARS * SLOTS.length()) {
      throw new IllegalArgumentException("a rack has 0 to 72 pumps, not " + pumps);
    }
    var random = new SplittableRandom(seed);
    var sheets = new TreeMap<String, PumpSheet>();
    for (int i = 0; i < pumps; i++) {
      var serial = Integer.toString(40_000 + i * 100 + random.nextInt(100));
      var drug = DRUGS.get(random.nextInt(DRUGS.size()));
      double rate = random.nextInt(5, 200) / 10.0;
      sheets.put(address(i), new PumpSheet(serial, drug, rate, SYRINGE_MILLILITRES));
    }
    return new RackSheet(bed, Stuffing.ON, null, sheets);
  }

  /** The same with its ComDevice set otherwise. */
  public RackSheet with(Stuffing otherStuffing, @Nullable Duration otherCycle) {
    return new RackSheet(bed, otherStuffing, otherCycle, pumps);
  }

  private static String address(int index) {
    int pillar = index / SLOTS.length() + 1;
    return "501" + pillar + SLOTS.charAt(index % SLOTS.length());
  }
}
