package io.medtwin.twin.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Opens YAML files as {@link Section}s. */
public final class Document {

  /** Largest file that is read: 1 MiB. A larger one is a problem, not an out-of-memory error. */
  public static final int MAX_BYTES = 1 << 20;

  private Document() {}

  /** Reads a file; a problem if it is missing, too large, no YAML, or no mapping at its root. */
  public static Optional<Section> read(Path file, Problems problems) {
    var name = file.toString();
    try {
      if (Files.size(file) > MAX_BYTES) {
        problems.add(new Problem(name, 0, "is larger than " + MAX_BYTES + " bytes; split it"));
        return Optional.empty();
      }
      return parse(name, Files.readString(file), problems);
    } catch (IOException e) {
      problems.add(new Problem(name, 0, "cannot be read: " + e));
      return Optional.empty();
    }
  }

  /** Reads a stream to its end, at most {@link #MAX_BYTES}, and closes it. */
  public static Optional<Section> read(String name, InputStream stream, Problems problems) {
    try (stream) {
      return parse(
          name, new String(stream.readNBytes(MAX_BYTES), StandardCharsets.UTF_8), problems);
    } catch (IOException e) {
      problems.add(new Problem(name, 0, "cannot be read: " + e));
      return Optional.empty();
    }
  }

  /** Reads text. */
  public static Optional<Section> parse(String name, String text, Problems problems) {
    var settings =
        LoadSettings.builder()
            .setLabel(name)
            .setAllowDuplicateKeys(false)
            .setMaxAliasesForCollections(20)
            .build();
    try {
      Optional<Node> root = new Compose(settings).composeString(text);
      if (root.isPresent() && root.get() instanceof MappingNode mapping) {
        return Optional.of(new Section(name, "", mapping, problems));
      }
      problems.add(new Problem(name, 1, "expected a mapping (key: value) at the top"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(0);
      problems.add(new Problem(name, line, "is not YAML: " + e.getProblem()));
    } catch (YamlEngineException e) {
      problems.add(new Problem(name, 0, "is not YAML: " + e.getMessage()));
    }
    return Optional.empty();
  }
}
