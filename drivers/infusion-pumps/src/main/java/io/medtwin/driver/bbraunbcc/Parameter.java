package io.medtwin.driver.bbraunbcc;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that are known, by the device's own names (interface description, list of
 * parameters). Alarms are not here: see {@link Alarm}.
 */
enum Parameter {
  GNNEW("identification", new Shape.Words()),
  GNMODEL("model", new Shape.Words()),
  INNR("unique-id", new Shape.Words()),
  INDTNR("device-type", new Shape.Words()),
  INRT("rate", new Shape.Amount("mL/h")),
  INAVRT("rate-average", new Shape.Amount("mL/h")),
  INVTB("vtbi", new Shape.Amount("mL")),
  INVI("volume-infused", new Shape.Amount("mL")),
  INVOLACT("volume-remaining", new Shape.Amount("mL")),
  INSYR("syringe-size", new Shape.Amount("mL")),
  INRMT("time-remaining", new Shape.SecondsLeft()),
  INTIME("infusion-time", new Shape.Amount("min")),
  INSTBY("standby-remaining", new Shape.Amount("min")),
  INAKKU("battery-remaining", new Shape.Amount("min")),
  INSOL("drug-name", new Shape.Words()),
  INSOLSN("drug-short-name", new Shape.Words()),
  INSOLID("drug-library-id", new Shape.Words()),
  INBORT("bolus-rate", new Shape.Amount("mL/h")),
  INBOVAL("bolus-volume", new Shape.Amount("mL")),
  INBOCNT("bolus-count", new Shape.Amount("1")),
  INDOCAL("dose-mode", new Shape.Flag("off", "on")),
  INDCON("concentration", new Shape.AmountOf("INDCONU")),
  INDORT("dose-rate", new Shape.AmountOf("INDORTU")),
  INP1("pressure-level", new Shape.Amount("1")),
  INP2("pressure-percent", new Shape.Amount("%")),
  INM1("ready", yesNo()),
  INM2("bolus", yesNo()),
  INM3("infusing", new Shape.Flag("not-infusing", "infusing")),
  INM4("cc", yesNo()),
  INM5("bolus-released", yesNo()),
  INM6("standby", yesNo()),
  INM7("data-lock", yesNo()),
  INM8("power", new Shape.Flag("battery", "mains")),
  INM9("disposable-changed", yesNo()),
  INM10("kvo", yesNo()),
  INM11("without-drop-control", yesNo()),
  INM12("soft-limit-low", yesNo()),
  INM13("soft-limit-high", yesNo()),
  DSSTATUS("operation", new Shape.Operation()),
  RUNSTATE(
      "run-state",
      new Shape.Bits("run-state", List.of("stop", "run", "alarm", "kvo", "menu", "pre-alarm"))),
  STATUS1(
      "status",
      new Shape.Bits(
          "status",
          List.of(
              "on",
              "mains",
              "standby",
              "start-menu",
              "prime",
              "parked",
              "ready",
              "infusing",
              "therapy-begun",
              "bolus-ready",
              "manual-bolus",
              "volume-bolus",
              "kvo-released",
              "kvo-active",
              "data-lock",
              "dose-mode"))),
  /** Its bits are alerts; the number stays visible beside them. */
  ALARM1("alarm-bits", new Shape.Words()),
  FMNOR("pillars", new Shape.Amount("1")),
  FMSTAT("system-operation", new Shape.Operation()),
  FMDONGLE("hardware-protection", new Shape.Words()),
  FMRT("segment-type", new Shape.Words()),
  FMRSTAT("segment-operation", new Shape.Operation());

  private static final Map<String, Parameter> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toMap(Parameter::name, Function.identity()));

  /**
   * Beginnings of names that may tell of a person: patient, nurse, order, and the barcode scanned
   * last, which may be a badge.
   */
  private static final List<String> PERSONAL = List.of("PAT", "NURSE", "DRUGORDER", "FMBANY");

  private final String reading;
  private final Shape shape;

  Parameter(String reading, Shape shape) {
    this.reading = reading;
    this.shape = shape;
  }

  /** The parameter of this name, or null where it is not known. */
  static @Nullable Parameter find(String name) {
    return BY_NAME.get(name);
  }

  /** Whether a parameter may tell of a person and so never leaves the driver. */
  static boolean maybePersonal(String name) {
    return PERSONAL.stream().anyMatch(name::startsWith);
  }

  String reading() {
    return reading;
  }

  Shape shape() {
    return shape;
  }

  private static Shape yesNo() {
    return new Shape.Flag("no", "yes");
  }
}
