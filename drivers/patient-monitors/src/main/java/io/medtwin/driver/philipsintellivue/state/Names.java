package io.medtwin.driver.philipsintellivue.state;

import static java.util.Map.entry;

import java.util.HexFormat;
import java.util.Map;

/**
 * Names of what the monitor says by number. Physiological ids and units are terms of IEEE
 * 11073-10101 (partitions 2 and 4), from F000h on Philips' own; those up to the blank line were
 * seen or are named by the sources of the protocol, the others are that standard's. An id that is
 * not here keeps its number: {@code code-4a2c}, {@code wave-50ac}.
 */
final class Names {

  private static final HexFormat HEX = HexFormat.of();

  private static final Map<Integer, String> NUMERICS =
      Map.ofEntries(
          entry(0x4182, "heart-rate"),
          entry(0x480A, "pulse-rate-abp"),
          entry(0x4822, "pulse-rate-spo2"),
          entry(0xF0E5, "pulse-rate-nbp"),
          entry(0x4BB8, "spo2"),
          entry(0x4BB0, "perfusion"),
          entry(0x4A05, "nbp-systolic"),
          entry(0x4A06, "nbp-diastolic"),
          entry(0x4A07, "nbp-mean"),
          entry(0x4A15, "abp-systolic"),
          entry(0x4A16, "abp-diastolic"),
          entry(0x4A17, "abp-mean"),
          entry(0x500A, "resp-rate"),
          entry(0x4B48, "temperature"),
          entry(0x50B0, "etco2"),
          //
          entry(0x4A11, "art-systolic"),
          entry(0x4A12, "art-diastolic"),
          entry(0x4A13, "art-mean"),
          entry(0x4A1D, "pap-systolic"),
          entry(0x4A1E, "pap-diastolic"),
          entry(0x4A1F, "pap-mean"),
          entry(0x4A45, "cvp-systolic"),
          entry(0x4A46, "cvp-diastolic"),
          entry(0x4A47, "cvp-mean"),
          entry(0x5808, "icp"),
          entry(0x4B4C, "temperature-bladder"),
          entry(0x4B5C, "temperature-body"),
          entry(0x4B60, "temperature-core"),
          entry(0x4B64, "temperature-esophageal"),
          entry(0x4B74, "temperature-skin"),
          entry(0x4B78, "temperature-tympanic"),
          entry(0xE004, "temperature-rectal"),
          entry(0x5012, "resp-rate-airway"));

  private static final Map<Integer, String> WAVES =
      Map.ofEntries(
          entry(0x0100, "ecg"),
          entry(0x0101, "ecg-i"),
          entry(0x0102, "ecg-ii"),
          entry(0x013D, "ecg-iii"),
          entry(0x013E, "ecg-avr"),
          entry(0x013F, "ecg-avl"),
          entry(0x0140, "ecg-avf"),
          entry(0x0143, "ecg-v"),
          entry(0x014B, "ecg-mcl"),
          entry(0x4A14, "abp-wave"),
          entry(0x4BB4, "pleth"),
          entry(0x5000, "resp-wave"),
          //
          entry(0x4A10, "art-wave"),
          entry(0x4A1C, "pap-wave"),
          entry(0x4A44, "cvp-wave"));

  private static final Map<Integer, String> UNITS =
      Map.ofEntries(
          entry(0x0200, "1"),
          entry(0x0220, "%"),
          entry(0x0AA0, "/min"),
          entry(0x0AE0, "/min"),
          entry(0x0F20, "mm[Hg]"),
          entry(0x17A0, "Cel"),
          entry(0x10B2, "mV"),
          //
          entry(0x0652, "mL"),
          entry(0x0880, "s"),
          entry(0x0892, "ms"),
          entry(0x08A0, "min"),
          entry(0x09E0, "/min"),
          entry(0x0AC0, "/min"),
          entry(0x0F03, "kPa"),
          entry(0x0F40, "cm[H2O]"),
          entry(0x10B3, "uV"),
          entry(0x10C0, "Ohm"),
          entry(0x1140, "[degF]"));

  private Names() {}

  static String numeric(int physiologicalId) {
    var name = NUMERICS.get(physiologicalId);
    return name == null ? "code-" + hex(physiologicalId) : name;
  }

  static boolean isKnownNumeric(int physiologicalId) {
    return NUMERICS.containsKey(physiologicalId);
  }

  static String wave(int physiologicalId) {
    var name = WAVES.get(physiologicalId);
    return name == null ? "wave-" + hex(physiologicalId) : name;
  }

  /** UCUM, or the number where nobody here knows it. */
  static String unit(int code) {
    var unit = UNITS.get(code);
    return unit == null ? "code-" + hex(code) : unit;
  }

  /** Names of waves that may be asked for, to their codes. */
  static Map<Integer, String> waves() {
    return WAVES;
  }

  static String hex(int code) {
    return HEX.toHexDigits(code, 4);
  }
}
