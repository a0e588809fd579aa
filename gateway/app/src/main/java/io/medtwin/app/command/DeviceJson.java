package io.medtwin.app.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.medtwin.app.view.DeviceList;
import io.medtwin.app.view.DeviceSheet;
import io.medtwin.app.view.GatewayLife;
import io.medtwin.app.view.LineProposal;
import io.medtwin.app.view.UnclaimedList;
import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.spi.Numeric;
import io.medtwin.twin.identity.Identifier;
import io.medtwin.twin.keeper.DeviceReader.Told;
import io.medtwin.twin.ledger.Balance;
import io.medtwin.twin.normalizer.Finding.Unmapped;
import io.medtwin.twin.outbox.Identities;
import io.medtwin.twin.profile.Metric;
import io.medtwin.twin.state.ActiveAlert;
import io.medtwin.twin.state.Property;
import io.medtwin.twin.state.ValueText;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code medtwin device} knows, as JSON for scripts. A time is ISO 8601 in UTC, or null. */
final class DeviceJson {

  private DeviceJson() {}

  private interface Part {
    void write(JsonGenerator out) throws IOException;
  }

  /** All devices. */
  static String list(List<Told> devices, GatewayLife life) throws IOException {
    return object(
        out -> {
          gateway(out, life);
          out.writeArrayFieldStart("devices");
          for (Told device : devices) {
            out.writeStartObject();
            head(out, device, life);
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  /** One device. */
  static String show(Told device, GatewayLife life, LineProposal proposal) throws IOException {
    return object(
        out -> {
          gateway(out, life);
          head(out, device, life);
          identity(out, device);
          values(out, device, life);
          alerts(out, device);
          unmapped(out, device, proposal);
          counts(out, device);
        });
  }

  /** Devices that nobody configured. */
  static String unclaimed(
      List<UnclaimedDevice> devices, GatewayLife life, Map<String, String> likeness)
      throws IOException {
    return object(
        out -> {
          gateway(out, life);
          out.writeArrayFieldStart("unclaimed");
          for (UnclaimedDevice device : devices) {
            out.writeStartObject();
            out.writeStringField("hub", device.hub());
            out.writeStringField("address", device.address());
            out.writeStringField("driver", device.driver());
            time(out, "firstHeard", device.firstHeard());
            time(out, "lastHeard", device.lastHeard());
            out.writeNumberField("reports", device.reports());
            out.writeObjectFieldStart("parameters");
            for (var parameter : device.parameters().entrySet()) {
              out.writeStringField(parameter.getKey(), parameter.getValue());
            }
            out.writeEndObject();
            out.writeObjectFieldStart("identity");
            for (var fact : device.identity().entrySet()) {
              out.writeStringField(Identities.key(fact.getKey()), fact.getValue());
            }
            out.writeEndObject();
            var like = likeness.get(UnclaimedList.name(device));
            if (like != null) {
              out.writeStringField("mayBe", like);
            }
            out.writeEndObject();
          }
          out.writeEndArray();
        });
  }

  /**
   * What became of a claim.
   *
   * @param restart what only a restart takes up; none where a running gateway takes all up
   */
  static String claimed(Claimed claim, boolean written, List<String> restart) throws IOException {
    return object(
        out -> {
          out.writeStringField("device", claim.device());
          out.writeStringField("hub", claim.hub());
          out.writeStringField("address", claim.address());
          out.writeStringField("profile", claim.profile());
          out.writeStringField("thingId", claim.thingId());
          out.writeBooleanField("written", written);
          out.writeBooleanField("live", restart.isEmpty());
          out.writeArrayFieldStart("restart");
          for (String reason : restart) {
            out.writeString(reason);
          }
          out.writeEndArray();
        });
  }

  /**
   * A device that was claimed.
   *
   * @param device its id
   * @param hub the hub it is behind
   * @param address its own id there
   * @param profile id of its profile
   * @param thingId its thing
   */
  record Claimed(String device, String hub, String address, String profile, String thingId) {}

  private static String object(Part members) throws IOException {
    var text = new StringWriter();
    try (var out = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      out.writeStartObject();
      members.write(out);
      out.writeEndObject();
    }
    return text.toString();
  }

  private static void gateway(JsonGenerator out, GatewayLife life) throws IOException {
    out.writeObjectFieldStart("gateway");
    out.writeStringField("id", life.gateway());
    out.writeBooleanField("running", life.isRunning());
    time(out, "lastWord", life.lastWord());
    out.writeEndObject();
  }

  private static void head(JsonGenerator out, Told device, GatewayLife life) throws IOException {
    var profile = device.twin().profile();
    var link = device.view().link();
    out.writeStringField("device", device.view().device());
    out.writeStringField("profile", profile.id());
    out.writeStringField("profileVersion", profile.version());
    out.writeStringField("driver", device.facts().driver());
    out.writeStringField("thingId", device.facts().thingId());
    out.writeStringField("link", DeviceList.link(device, life));
    time(out, "linkSince", link.since());
    out.writeStringField("linkWhy", link.why());
    time(out, "lastHeard", device.view().lastHeard());
    out.writeBooleanField("fresh", DeviceList.isFresh(device, life));
    time(out, "acknowledgedAt", device.view().acknowledgedAt());
    out.writeBooleanField("fenced", DeviceSheet.isFenced(device));
    out.writeStringField("conflict", device.doubt());
  }

  private static void identity(JsonGenerator out, Told device) throws IOException {
    out.writeObjectFieldStart("identity");
    for (var fact : device.twin().identity().entrySet()) {
      out.writeStringField(Identities.key(fact.getKey()), fact.getValue());
    }
    out.writeEndObject();
    out.writeArrayFieldStart("aliases");
    for (Map.Entry<Identifier, Set<String>> alias : DeviceSheet.aliases(device).entrySet()) {
      out.writeStartObject();
      out.writeStringField("identifier", alias.getKey().text());
      out.writeArrayFieldStart("sources");
      for (String source : alias.getValue()) {
        out.writeString(source);
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void values(JsonGenerator out, Told device, GatewayLife life) throws IOException {
    out.writeObjectFieldStart("values");
    for (Metric metric : device.twin().profile().metrics()) {
      var property = device.twin().property(metric).orElse(null);
      if (property != null) {
        out.writeObjectFieldStart(metric.channel() + "." + metric.name());
        value(out, device, metric, property, life);
        out.writeEndObject();
      }
    }
    out.writeEndObject();
  }

  private static void value(
      JsonGenerator out, Told device, Metric metric, Property property, GatewayLife life)
      throws IOException {
    var value = property.value();
    if (value instanceof BigDecimal number) {
      out.writeNumberField("value", number);
    } else if (value != null) {
      out.writeStringField("value", value.toString());
    }
    if (!metric.unit().isEmpty()) {
      out.writeStringField("unit", metric.unit());
    }
    out.writeStringField("validity", property.validityWord());
    out.writeStringField("freshness", DeviceSheet.freshness(device, property, life));
    time(out, "observedAt", property.observedAt());
  }

  private static void alerts(JsonGenerator out, Told device) throws IOException {
    out.writeArrayFieldStart("alerts");
    for (ActiveAlert alert : device.twin().alerts().values()) {
      out.writeStartObject();
      out.writeStringField("code", alert.last().alert().code());
      out.writeStringField(
          "priority", alert.last().alert().priority().name().toLowerCase(Locale.ROOT));
      out.writeStringField("text", alert.last().text());
      time(out, "startedAt", alert.startedAt());
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void unmapped(JsonGenerator out, Told device, LineProposal proposal)
      throws IOException {
    out.writeArrayFieldStart("unmapped");
    for (Unmapped parameter : device.twin().unmapped().values()) {
      out.writeStartObject();
      out.writeStringField("parameter", parameter.parameter());
      if (parameter.value() instanceof Numeric number) {
        out.writeNumberField("value", number.amount());
      } else {
        out.writeStringField("value", ValueText.of(parameter.value()));
      }
      out.writeStringField("unit", ValueText.unitOf(parameter.value()));
      out.writeNumberField("count", device.unplaced().getOrDefault(parameter.parameter(), 1L));
      time(out, "observedAt", parameter.observedAt());
      out.writeStringField("line", proposal.suggestLine(parameter.parameter(), parameter.value()));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static void counts(JsonGenerator out, Told device) throws IOException {
    Balance total = device.account().total();
    out.writeObjectFieldStart("reports");
    out.writeNumberField("received", total.received());
    out.writeNumberField("delivered", total.delivered());
    out.writeNumberField("coalesced", total.coalesced());
    out.writeNumberField("pending", total.pending());
    out.writeNumberField("rejected", total.rejected());
    out.writeNumberField("expired", total.expired());
    out.writeEndObject();
    out.writeNumberField("epoch", device.account().epoch());
    out.writeNumberField("seq", device.account().seq());
  }

  private static void time(JsonGenerator out, String name, @Nullable Instant time)
      throws IOException {
    if (time == null) {
      out.writeNullField(name);
    } else {
      out.writeStringField(name, time.toString());
    }
  }
}
