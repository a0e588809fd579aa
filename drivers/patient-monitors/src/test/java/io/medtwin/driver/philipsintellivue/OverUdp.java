package io.medtwin.driver.philipsintellivue;

import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Session;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.util.Set;

/** The driver given a UDP link alone, since the contract takes the first kind that a driver has. */
public final class OverUdp implements StreamDriver {

  private final PhilipsIntellivueDriver driver = new PhilipsIntellivueDriver();

  @Override
  public DriverDescriptor descriptor() {
    var all = driver.descriptor();
    return new DriverDescriptor(
        all.id(), all.version(), all.title(), Set.of(LinkKind.UDP), all.settings());
  }

  @Override
  public void run(StreamLink link, Session session) throws IOException, InterruptedException {
    driver.run(link, session);
  }
}
