package io.medtwin.driver.philipsintellivue;

import io.medtwin.driver.philipsintellivue.state.WaveChoice;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Philips IntelliVue MP and MX monitors, Data Export: over UDP to the monitor's port 24105, over
 * RS-232 (115200 8N1), or the same frames over a terminal server. Associates, chooses which waves
 * are exported, polls numbers, waves, alarms and the state of the monitor itself. Asks for nothing
 * that tells of a person.
 */
public final class PhilipsIntellivueDriver implements StreamDriver {

  private static final Setting<WaveChoice> WAVES =
      Setting.parsed(
          "waves",
          WaveChoice.parse("ecg-ii, pleth, abp-wave, resp-wave"),
          "names of waves, such as ecg-ii, pleth; at most 16",
          "Waves to export, the most important first; empty leaves the monitor's own choice",
          WaveChoice::parse);

  private static final Setting<Boolean> POLL_WAVES =
      Setting.flag("pollWaves", true, "Whether waves are asked for at all");

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "philips-intellivue",
          "0.1.0",
          "Philips IntelliVue MP, MX monitor (Data Export)",
          Set.of(LinkKind.SERIAL, LinkKind.TCP, LinkKind.UDP),
          List.of(WAVES, POLL_WAVES));

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public void run(StreamLink link, Session session) throws IOException, InterruptedException {
    var messages = new IntellivueLink(link, session);
    var begun = Association.open(messages);
    new Monitoring(
            messages,
            session,
            begun.granted(),
            begun.ticks(),
            session.setting(POLL_WAVES),
            session.setting(WAVES))
        .run(begun.facts(), begun.ticks());
  }
}
