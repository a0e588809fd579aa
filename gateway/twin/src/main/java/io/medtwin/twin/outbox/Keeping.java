package io.medtwin.twin.outbox;

import io.medtwin.twin.backend.Patch;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.profile.Profile;
import io.medtwin.twin.snapshot.Fields;
import io.medtwin.twin.snapshot.TwinFields;
import io.medtwin.twin.state.Property;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parts of an outbox as members and back. Metrics are named, so that a profile may gain or lose
 * some between two lives of the gateway.
 */
final class Keeping {

  private final List<Metric> metrics;
  private final Map<String, Integer> indexes = new HashMap<>();

  Keeping(Profile profile) {
    this.metrics = profile.metrics();
    metrics.forEach(metric -> indexes.put(TwinFields.key(metric), metric.index()));
  }

  Patch properties(@Nullable Property[] properties) {
    var fields = new Fields();
    for (int i = 0; i < properties.length; i++) {
      fields.put(TwinFields.key(metrics.get(i)), TwinFields.write(properties[i]));
    }
    return fields.patch();
  }

  void readProperties(Patch patch, @Nullable Property[] into) {
    var fields = Fields.of(patch);
    for (Metric metric : metrics) {
      into[metric.index()] = TwinFields.property(fields.object(TwinFields.key(metric)));
    }
  }

  Patch marks(Marks marks) {
    return new Fields()
        .put("properties", names(marks.properties), name -> name)
        .put("waves", names(marks.waves), name -> name)
        .put("unmapped", marks.unmapped, name -> name)
        .put("gone", marks.gone, name -> name)
        .put("attributes", marks.attributes)
        .put("link", marks.link)
        .put("clock", marks.clock)
        .put("reports", names(marks.reports), name -> name)
        .put("parameters", marks.parameters, name -> name)
        .put("device", marks.device)
        .put("since", marks.oldest())
        .patch();
  }

  Marks readMarks(Patch patch) {
    var fields = Fields.of(patch);
    var marks = new Marks();
    readNames(fields.texts("properties"), marks.properties);
    readNames(fields.texts("waves"), marks.waves);
    marks.unmapped.addAll(fields.texts("unmapped"));
    marks.gone.addAll(fields.texts("gone"));
    marks.attributes = fields.is("attributes");
    marks.link = fields.is("link");
    marks.clock = fields.is("clock");
    readNames(fields.texts("reports"), marks.reports);
    marks.parameters.addAll(fields.texts("parameters"));
    marks.device = fields.is("device");
    marks.since(fields.time("since"));
    return marks;
  }

  Patch lane(LaneEntry entry) {
    return new Fields()
        .put("kind", entry.kind().name())
        .put("features", entry.features())
        .put("at", entry.at())
        .patch();
  }

  static LaneEntry readLane(Patch patch) {
    var fields = Fields.of(patch);
    return new LaneEntry(
        LaneEntry.Kind.valueOf(fields.text("kind")), fields.object("features"), fields.time("at"));
  }

  @Nullable Patch batch(@Nullable Batch batch) {
    return batch == null
        ? null
        : new Fields()
            .put("seq", batch.seq())
            .put("marks", marks(batch.marks()))
            .put("told", properties(batch.told()))
            .put("lane", batch.lane(), this::lane)
            .patch();
  }

  @Nullable Batch readBatch(Patch patch) {
    if (patch.isEmpty()) {
      return null;
    }
    var fields = Fields.of(patch);
    var told = new Property[metrics.size()];
    readProperties(fields.object("told"), told);
    return new Batch(
        fields.number("seq"),
        readMarks(fields.object("marks")),
        told,
        fields.list("lane").stream().map(Keeping::readLane).toList());
  }

  private List<String> names(BitSet of) {
    return of.stream().mapToObj(i -> TwinFields.key(metrics.get(i))).toList();
  }

  private void readNames(List<String> names, BitSet into) {
    for (String name : names) {
      var index = indexes.get(name);
      if (index != null) {
        into.set(index);
      }
    }
  }
}
