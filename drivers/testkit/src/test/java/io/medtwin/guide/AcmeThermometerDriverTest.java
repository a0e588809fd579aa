package io.medtwin.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.spi.StreamDriver;
import io.medtwin.testkit.Declarations;
import io.medtwin.testkit.StreamDriverContract;
import io.medtwin.testkit.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide's driver keeps the rules, and the guide shows this very driver. */
class AcmeThermometerDriverTest extends StreamDriverContract {

  private static final Path GUIDE = Path.of("..", "spi", "README.md");
  private static final Path SOURCE =
      Path.of("src", "test", "java", "io", "medtwin", "guide", "AcmeThermometerDriver.java");

  @Override
  protected StreamDriver driver() {
    return new AcmeThermometerDriver();
  }

  @Override
  protected Stream<Transcript> transcripts() {
    return Transcript.in("acme-thermometer");
  }

  @Override
  protected Declarations declarations() {
    return Declarations.in("acme-thermometer");
  }

  @Test
  void theGuideShowsTheCodeThatIsTestedHere() throws IOException {
    var source = Files.readString(SOURCE);

    assertThat(Files.readString(GUIDE)).contains(source.substring(source.indexOf("/** ACME")));
  }
}
