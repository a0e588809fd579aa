package io.medtwin.app.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.app.TestInstallation;
import io.medtwin.spi.LinkKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Everything that is generated of two profiles, as files: a change of a generator or of these
 * profiles shows in a review what it changes for those who read the output. {@code
 * -Dmedtwin.golden=write} writes them anew. A change of a feature that every twin has ({@code
 * link}, {@code alerts}, …) or of the shape of a value wants another {@link ModelPlace#LAYOUT},
 * once models were published.
 */
class GoldenTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden");
  private static final Output.Target TARGET =
      new Output.Target("clinic.north", "https://models.example");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"nonin-oem3", "alaris-asena-gh"})
  void whatIsGeneratedIsWhatWasReviewed(String id) throws Exception {
    var profile = TestInstallation.profiles().find(id).orElseThrow();
    var conversations = Conversations.of(profile, TestInstallation.in(folder).conversations());
    var source = new Output.Source(profile, Set.of(LinkKind.SERIAL, LinkKind.TCP), conversations);
    var texts = Output.of(source, TARGET, EnumSet.allOf(Output.class));
    if ("write".equals(System.getProperty("medtwin.golden"))) {
      write(id, texts);
    }

    assertThat(new TreeMap<>(texts)).isEqualTo(read(GOLDEN.resolve(id)));
  }

  private static TreeMap<String, String> read(Path folder) throws IOException {
    var texts = new TreeMap<String, String>();
    try (var files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        texts.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return texts;
  }

  private static void write(String id, Map<String, String> texts) throws IOException {
    for (var text : texts.entrySet()) {
      var file = GOLDEN.resolve(id).resolve(text.getKey());
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, text.getValue());
    }
  }
}
