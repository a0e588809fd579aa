package io.medtwin.ditto.embedded.internal.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medtwin.ditto.embedded.internal.twins.Keeper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.ditto.base.model.json.FieldType;
import org.eclipse.ditto.json.JsonFactory;
import org.eclipse.ditto.json.JsonField;
import org.eclipse.ditto.json.JsonObject;
import org.eclipse.ditto.json.JsonRuntimeException;
import org.eclipse.ditto.json.JsonValue;
import org.eclipse.ditto.policies.model.PoliciesModelFactory;
import org.eclipse.ditto.policies.model.Policy;
import org.eclipse.ditto.policies.model.PolicyId;
import org.eclipse.ditto.things.model.Thing;
import org.eclipse.ditto.things.model.ThingId;
import org.eclipse.ditto.things.model.ThingsModelFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Things and policies as JSON lines, {@code {"thing:ns:name": {…}}} or {@code {"policy:ns:name":
 * null}} for what is gone; the last line of an id counts. Lines are appended and handed to the
 * operating system one by one, not forced to disk: a killed process loses nothing, a power cut may
 * lose the last seconds. The file is replaced atomically by its live lines at start and whenever it
 * holds {@link #STALE_LINES_MAX} lines that no longer count. One process at a time.
 *
 * <p>When the disk fails, it says so once and keeps nothing more until the next replacement
 * succeeds. Called under the lock of the twins; closed by the endpoint.
 */
public final class TwinFile implements Keeper, AutoCloseable {
  /** Lines that no longer count, before the file is rewritten. */
  static final int STALE_LINES_MAX = 10_000;

  /** Things and policies together; more are served, not kept. */
  static final int LIVE_LINES_MAX = 20_000;

  private static final String THING = "thing:";
  private static final String POLICY = "policy:";
  private static final Logger LOG = LoggerFactory.getLogger(TwinFile.class);

  private final Path path;
  private final Map<String, JsonObject> live = new LinkedHashMap<>();
  private @Nullable BufferedWriter writer;
  private int stale;
  private boolean full;

  private TwinFile(Path path) {
    this.path = path;
  }

  /**
   * Reads what was kept and gets ready to keep more.
   *
   * @throws IOException when the file or its folder cannot be read or written
   */
  public static TwinFile open(Path path) throws IOException {
    TwinFile file = new TwinFile(path);
    if (Files.exists(path)) {
      file.read();
    }
    file.replace();
    return file;
  }

  private void read() throws IOException {
    int unreadable = 0;
    try (var lines = Files.newBufferedReader(path, UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        try {
          JsonField field = JsonFactory.newObject(line).iterator().next();
          apply(field.getKeyName(), field.getValue());
        } catch (JsonRuntimeException | java.util.NoSuchElementException torn) {
          unreadable++;
        }
      }
    }
    if (unreadable > 0) {
      LOG.warn(
          "{}: {} lines are no JSON (a crash may tear the last one); left out", path, unreadable);
    }
  }

  private void apply(String key, JsonValue value) {
    if (value.isNull()) {
      live.remove(key);
    } else {
      live.put(key, value.asObject());
    }
  }

  /** The policies that were kept. */
  public Collection<Policy> policies() {
    return kept(POLICY).stream().map(PoliciesModelFactory::newPolicy).toList();
  }

  /** The things that were kept, with revision and times. */
  public Collection<Thing> things() {
    return kept(THING).stream().map(ThingsModelFactory::newThing).toList();
  }

  private List<JsonObject> kept(String kind) {
    return live.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(kind))
        .map(Map.Entry::getValue)
        .toList();
  }

  @Override
  public void keep(Thing thing) {
    append(THING + thing.getEntityId().orElseThrow(), thing.toJson(FieldType.all()));
  }

  @Override
  public void keep(Policy policy) {
    append(POLICY + policy.getEntityId().orElseThrow(), policy.toJson(FieldType.all()));
  }

  @Override
  public void forget(ThingId thing) {
    append(THING + thing, JsonFactory.nullLiteral());
  }

  @Override
  public void forget(PolicyId policy) {
    append(POLICY + policy, JsonFactory.nullLiteral());
  }

  private void append(String key, JsonValue value) {
    boolean known = live.containsKey(key);
    if (!known && live.size() >= LIVE_LINES_MAX) {
      if (!full) {
        LOG.warn(
            "{}: holds {} things and policies; what comes on top is served, not kept",
            path,
            LIVE_LINES_MAX);
        full = true;
      }
      return;
    }
    apply(key, value);
    stale += known ? 1 : 0;
    try {
      if (stale >= STALE_LINES_MAX) {
        replace();
      } else if (writer != null) {
        write(writer, key, value);
        writer.flush();
      }
    } catch (IOException e) {
      LOG.error(
          "{}: cannot be written ({}); nothing more is kept until a rewrite succeeds",
          path,
          e.toString());
      writer = null;
    }
  }

  private void replace() throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Path next = path.resolveSibling(path.getFileName() + ".next");
    try (BufferedWriter out = Files.newBufferedWriter(next, UTF_8)) {
      for (Map.Entry<String, JsonObject> entry : live.entrySet()) {
        write(out, entry.getKey(), entry.getValue());
      }
    }
    close();
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    writer = Files.newBufferedWriter(path, UTF_8, StandardOpenOption.APPEND);
    stale = 0;
  }

  private static void write(BufferedWriter out, String key, JsonValue value) throws IOException {
    out.write("{" + JsonValue.of(key) + ":" + value + "}\n");
  }

  @Override
  public void close() {
    BufferedWriter open = writer;
    writer = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        LOG.error("{}: cannot be closed ({})", path, e.toString());
      }
    }
  }
}
