package io.medtwin.twin.profile;

import io.medtwin.twin.document.Document;
import io.medtwin.twin.document.DocumentException;
import io.medtwin.twin.document.Problems;

/** Profiles written out in a test. */
public final class TestProfiles {

  /**
   * An oximeter with one periodic number, one with a deadband, a word, a temperature and a wave.
   */
  public static final String OXIMETER =
      """
      profile: test-oximeter
      version: 1.0.0
      manufacturer: Testmaker
      model: Ox 1
      class: pulse-oximeter
      mdc: 528388
      driver: test-driver
      units: { bpm: /min }
      channels:
        spo2:
          saturation: { from: spo2, code: 150456, unit: "%", period: 1s, plausible: { low: 0, high: 100 } }
          pulseRate: { from: pulse-rate, code: 149530, unit: /min, period: 1s, deadband: 2 }
          pleth: { from: pleth, code: 150452, kind: waveform, unit: "1" }
        temp-1:
          temperature: { from: temperature, code: 150364, unit: Cel, period: 1s }
        operation:
          state: { from: state, kind: enum, words: { RUN: "on" } }
      alerts:
        AL_PROBE: { event: 196916, text: Probe off }
      """;

  private TestProfiles() {}

  /** The profile of a text that has no problem. */
  public static Profile profile(String yaml) {
    var problems = new Problems();
    var profile = Document.parse("test.yaml", yaml, problems).map(ProfileReader::read);
    try {
      problems.throwIfAny();
    } catch (DocumentException e) {
      throw new AssertionError(e);
    }
    return profile.orElseThrow();
  }

  /** The oximeter. */
  public static Profile oximeter() {
    return profile(OXIMETER);
  }
}
