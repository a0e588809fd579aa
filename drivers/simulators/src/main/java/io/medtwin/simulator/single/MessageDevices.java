package io.medtwin.simulator.single;

import io.medtwin.driver.senml.SenmlFormat;
import io.medtwin.simulator.coap.CoapOutlet;
import io.medtwin.simulator.coap.CoapPost;
import io.medtwin.simulator.device.Broadcast;
import io.medtwin.simulator.device.BroadcastDevice;
import io.medtwin.simulator.device.EachOutlet;
import io.medtwin.simulator.device.Outlet;
import io.medtwin.simulator.mqtt.MqttOutlet;
import io.medtwin.simulator.mqtt.Publication;
import io.medtwin.simulator.play.Playback;
import io.medtwin.simulator.sheet.LivingMessages;
import io.medtwin.simulator.ward.Reach;
import io.medtwin.spi.Message;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Devices that send messages of their own: living values, or those of a conversation. */
final class MessageDevices {
  private static final String USUAL_TOPIC = "sim/" + Where.DEVICE + "/telemetry";
  private static final String USUAL_PATH = "/ingest/" + Where.DEVICE;
  private static final String JSON_DRIVER = "json-fields";
  private static final String JSON = "application/json";
  private static final String SENML_JSON = "application/senml+json";
  private static final String SENML_CBOR = "application/senml+cbor";

  private MessageDevices() {}

  /**
   * One message as it leaves.
   *
   * @param contentType media type, or null
   */
  private record Letter(byte[] content, @Nullable String contentType) {}

  static OneDevice mqtt(Order order, Where.Mqtt mqtt) {
    var pattern = pattern(mqtt.topic(), USUAL_TOPIC);
    var topic = pattern.replace(Where.DEVICE, order.id());
    var outlet =
        order.sheet().driver().equals(JSON_DRIVER)
            ? MqttOutlet.ofDevice(
                mqtt.broker(),
                order.id(),
                Publication.text(topic, null, "online"),
                Publication.text(topic, null, "offline"),
                Publication.text(topic, null, "offline"))
            : MqttOutlet.ofSilentDevice(mqtt.broker(), order.id());
    return new Sending<>(
        order,
        letters(order, SenmlFormat.JSON),
        new EachOutlet<>(
            outlet,
            letter -> new Publication(topic, letter.content(), 1, false, letter.contentType())),
        new Reach.Mqtt(mqtt.broker(), pattern, order.id()),
        () -> {});
  }

  static OneDevice coap(Order order, Where.Coap coap) {
    var path = pattern(coap.path(), USUAL_PATH).replace(Where.DEVICE, order.id());
    var resource = URI.create(coap.server() + path);
    var protocol =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("simulator-coap").factory());
    return new Sending<>(
        order,
        letters(order, SenmlFormat.CBOR),
        new EachOutlet<>(
            new CoapOutlet(resource, null, protocol),
            letter -> new CoapPost(contentFormat(letter.contentType()), letter.content())),
        new Reach.Coap(resource, order.id(), null),
        protocol::shutdownNow);
  }

  /** The device's id stands where the text says so, else at its end. */
  private static String pattern(String given, String usual) {
    if (given.isEmpty()) {
      return usual;
    }
    return given.contains(Where.DEVICE) ? given : given + "/" + Where.DEVICE;
  }

  private static int contentFormat(@Nullable String type) {
    return switch (type == null ? "" : type.toLowerCase(Locale.ROOT)) {
      case JSON -> CoapPost.JSON;
      case SENML_JSON -> CoapPost.SENML_JSON;
      case SENML_CBOR -> CoapPost.SENML_CBOR;
      default -> CoapPost.TEXT;
    };
  }

  private static Broadcast<List<Letter>> letters(Order order, SenmlFormat format) {
    var sheet = order.sheet();
    if (!order.conversation().isEmpty()) {
      var messages = order.conversation().messages();
      if (messages.isEmpty()) {
        throw new IllegalArgumentException(
            sheet.profile() + ": its conversations hold bytes, and this wire carries messages");
      }
      var played = Playback.ofMessages(messages, order.conversation(), sheet);
      return paced(played.ticksPerSecond(), tick -> List.of(letter(played.at(tick))));
    }
    var type =
        sheet.driver().equals(JSON_DRIVER)
            ? JSON
            : format == SenmlFormat.JSON ? SENML_JSON : SENML_CBOR;
    var self = new LivingMessages.Self(order.id(), order.epoch(), order.seed());
    var living = LivingMessages.of(sheet, self, format, order.conversion());
    var unused = living.at(0); // what cannot be written is said before it starts
    return paced(
        living.ticksPerSecond(),
        tick -> living.at(tick).stream().map(content -> new Letter(content, type)).toList());
  }

  private static Letter letter(Message message) {
    return new Letter(message.bytes(), message.contentType());
  }

  private static <M> Broadcast<M> paced(double perSecond, LongFunction<M> content) {
    return new Broadcast<>() {
      @Override
      public double ticksPerSecond() {
        return perSecond;
      }

      @Override
      public M at(long tick) {
        return content.apply(tick);
      }
    };
  }

  /** The whole. */
  private static final class Sending<S> implements OneDevice {
    private final BroadcastDevice<List<S>> device;
    private final Reach reach;
    private final Runnable closing;
    private final String doing;

    Sending(
        Order order,
        Broadcast<List<S>> said,
        Outlet<List<S>> outlet,
        Reach reach,
        Runnable closing) {
      this.device =
          BroadcastDevice.ofMessages(order.id(), said, outlet, same -> same, order.speed());
      this.reach = reach;
      this.closing = closing;
      this.doing =
          order.conversation().isEmpty()
              ? "sends living values, each at its period"
              : "sends the messages of its conversations, around and around";
    }

    @Override
    public Reach reach() {
      return reach;
    }

    @Override
    public String doing() {
      return doing;
    }

    @Override
    public void start() throws IOException {
      device.start();
    }

    @Override
    public void close() {
      device.close();
      closing.run();
    }
  }
}
