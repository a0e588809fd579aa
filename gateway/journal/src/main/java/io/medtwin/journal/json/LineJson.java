package io.medtwin.journal.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.medtwin.journal.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reports of one device that came together as a JSON array, and back. Used by one thread. */
public final class LineJson {

  private static final int USUAL_BYTES = 512;
  private static final int KEPT_BYTES = 64 * 1024;

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxStringLength(1 << 20)
                  .maxNumberLength(1_000)
                  .build())
          .build();

  private final ReportWriter writer = new ReportWriter();
  private ByteArrayOutputStream buffer = new ByteArrayOutputStream(USUAL_BYTES);

  /** Writes reports, in UTF-8; the first one's time is the line's. */
  public byte[] write(List<Received> reports) {
    buffer.reset();
    long start = reports.getFirst().receivedAt().toEpochMilli();
    try (var json = FACTORY.createGenerator(buffer)) {
      json.writeStartArray();
      for (Received received : reports) {
        long after = received.receivedAt().toEpochMilli() - start;
        writer.write(json, received.report(), after, received.message());
      }
      json.writeEndArray();
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
    byte[] line = buffer.toByteArray();
    if (line.length > KEPT_BYTES) {
      buffer = new ByteArrayOutputStream(USUAL_BYTES);
    }
    return line;
  }

  /**
   * Reads reports back.
   *
   * @param device whose
   * @param at the line's time
   * @param sequence of the first
   * @throws IOException it is no such array
   */
  public List<Received> read(String device, Instant at, long sequence, String line)
      throws IOException {
    var reports = new ArrayList<Received>(4);
    try (var json = FACTORY.createParser(line)) {
      if (json.nextToken() != JsonToken.START_ARRAY) {
        throw new IOException("no array");
      }
      while (json.nextToken() == JsonToken.START_OBJECT) {
        var read = ReportReader.read(json);
        var time = read.after() == 0 ? at : at.plusMillis(read.after());
        reports.add(
            new Received(device, read.report(), time, sequence + reports.size(), read.message()));
      }
    }
    return reports;
  }
}
