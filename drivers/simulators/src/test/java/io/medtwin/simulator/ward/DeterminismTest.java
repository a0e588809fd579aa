package io.medtwin.simulator.ward;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.driver.senml.SenmlFormat;
import io.medtwin.simulator.bedside.EcgMonitor;
import io.medtwin.simulator.bedside.PulseOximeter;
import io.medtwin.simulator.ble.GattSensor;
import io.medtwin.simulator.ble.SensorSheet;
import io.medtwin.simulator.device.Broadcast;
import io.medtwin.simulator.device.Corruption;
import io.medtwin.simulator.physiology.Patient;
import io.medtwin.simulator.wearable.SenmlPatch;
import io.medtwin.simulator.wearable.Watch;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DeterminismTest {
  private static final Instant EPOCH = Instant.parse("2026-11-24T08:00:00Z");
  private static final int SECONDS = 60;

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws NoSuchAlgorithmException {
    var first = everythingSaid(42);

    assertThat(everythingSaid(42)).isEqualTo(first);
    assertThat(everythingSaid(43)).isNotEqualTo(first);
  }

  /** Hash of what a bed and its wearables say in a minute, in the clear and through noise. */
  private static String everythingSaid(long seed) throws NoSuchAlgorithmException {
    var hash = MessageDigest.getInstance("SHA-256");
    var patient = new Patient(seed);
    var noise = Corruption.withoutChecksum(new SplittableRandom(seed));
    for (Broadcast<byte[]> device :
        List.<Broadcast<byte[]>>of(new EcgMonitor(patient), new PulseOximeter(patient))) {
      for (long tick = 0; tick < SECONDS * device.ticksPerSecond(); tick++) {
        hash.update(device.at(tick));
        hash.update(noise.noise(device.at(tick)));
      }
    }
    var watch = new Watch("wear-1", patient, EPOCH);
    var patch = new SenmlPatch("wear-2", patient, EPOCH);
    for (int t = 0; t < SECONDS; t++) {
      hash.update(watch.at(t).payload());
      hash.update(patch.pack(t, SenmlFormat.JSON));
      hash.update(patch.pack(t, SenmlFormat.CBOR));
    }
    for (var kind : GattSensor.Kind.values()) {
      var sheet = new SensorSheet("02:00:00:00:00:01", "MedTwin", "Sensor", "S1");
      var sensor = new GattSensor(kind, sheet, patient, EPOCH);
      for (long tick = 0; tick < SECONDS; tick++) {
        sensor.at(tick).forEach(value -> hash.update(value.octets()));
      }
    }
    return HexFormat.of().formatHex(hash.digest());
  }
}
