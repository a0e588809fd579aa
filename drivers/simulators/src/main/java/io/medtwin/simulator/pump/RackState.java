package io.medtwin.simulator.pump;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A rack at one moment. Immutable; each event gives the next state.
 *
 * @param elapsed scenario time; the ComDevice was switched on when it began
 * @param slots what is in each slot, by address
 */
record RackState(Duration elapsed, Map<String, Slot> slots) {

  /**
   * A pump of the rack.
   *
   * @param sheet what it is
   * @param infusion what it does
   * @param isIn whether it is in its slot; outside it delivers on
   */
  record Slot(PumpSheet sheet, Infusion infusion, boolean isIn) {}

  RackState {
    slots = new TreeMap<>(slots);
  }

  /** All pumps are in and start to deliver. */
  static RackState started(RackSheet sheet) {
    var slots = new TreeMap<String, Slot>();
    sheet
        .pumps()
        .forEach(
            (address, pump) ->
                slots.put(
                    address,
                    new Slot(
                        pump,
                        Infusion.started(pump.millilitresPerHour(), pump.syringeMillilitres()),
                        true)));
    return new RackState(Duration.ZERO, slots);
  }

  /** The state at a later moment. */
  RackState at(Duration now) {
    var later = new TreeMap<String, Slot>();
    slots.forEach(
        (address, slot) ->
            later.put(address, new Slot(slot.sheet(), slot.infusion().at(now), slot.isIn())));
    return new RackState(now, later);
  }

  /** Something happens to the infusion of one pump. */
  RackState with(String address, UnaryOperator<Infusion> event) {
    var slot = slot(address);
    return with(address, new Slot(slot.sheet(), event.apply(slot.infusion()), slot.isIn()));
  }

  /** A pump is pulled out, or pushed in. */
  RackState with(String address, boolean isIn) {
    var slot = slot(address);
    return with(address, new Slot(slot.sheet(), slot.infusion(), isIn));
  }

  private RackState with(String address, Slot slot) {
    var more = new TreeMap<>(slots);
    more.put(address, slot);
    return new RackState(elapsed, more);
  }

  private Slot slot(String address) {
    var slot = slots.get(address);
    if (slot == null) {
      throw new IllegalArgumentException(
          "expected a slot of " + slots.keySet() + ", not " + address);
    }
    return slot;
  }
}
