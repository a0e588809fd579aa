package io.medtwin.transports.mqtt;

import io.medtwin.spi.Message;
import io.medtwin.transports.mqtt.BrokerClient.Inbound;
import io.medtwin.transports.mqtt.MqttHub.Member;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each message to every transport whose pattern it matches. Runs on the library's callback
 * thread, so it never waits.
 */
final class Router {

  /** Largest content that is passed on: 64 KiB. */
  static final int MAX_PAYLOAD_BYTES = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  private static final String SENML_JSON = "application/senml+json";
  private static final String SENML_CBOR = "application/senml+cbor";

  private record Taker(Member member, @Nullable String device) {}

  private final List<Member> members = new CopyOnWriteArrayList<>();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong tooLarge = new AtomicLong();
  private final AtomicLong unrouted = new AtomicLong();
  private final AtomicBoolean saidTooLarge = new AtomicBoolean();
  private final AtomicBoolean saidUnrouted = new AtomicBoolean();

  void add(Member member) {
    members.add(member);
  }

  List<Member> members() {
    return members;
  }

  void route(BrokerClient from, Inbound inbound) {
    received.incrementAndGet();
    boolean confirmed = inbound.qos() > 0;
    Runnable acknowledge = confirmed ? () -> from.acknowledge(inbound.packetId()) : () -> {};
    if (inbound.payload().length > MAX_PAYLOAD_BYTES) {
      tooLarge.incrementAndGet();
      acknowledge.run();
      if (saidTooLarge.compareAndSet(false, true)) {
        LOG.warn(
            "{} bytes came on {}, at most {} are taken; refused, further ones are only counted",
            inbound.payload().length,
            inbound.topic(),
            MAX_PAYLOAD_BYTES);
      }
      return;
    }
    List<Taker> takers = takers(inbound.topic());
    if (takers.isEmpty()) {
      unrouted.incrementAndGet();
      acknowledge.run();
      if (saidUnrouted.compareAndSet(false, true)) {
        LOG.warn(
            "a message came on {}, which no link takes; dropped, further ones are only counted (the"
                + " broker may remember a subscription of an older configuration)",
            inbound.topic());
      }
      return;
    }
    var receipt =
        new Parcel.Receipt(takers.size(), inbound.packetId(), inbound.again(), acknowledge);
    Map<String, String> attributes = attributes(inbound);
    for (Taker taker : takers) {
      LinkInbox inbox = taker.member().inbox();
      var message =
          new Message(
              inbound.topic(),
              taker.device(),
              contentType(inbound, taker.member().config().defaultContentType()),
              attributes,
              ByteBuffer.wrap(inbound.payload()));
      inbox.offer(new Parcel(message, confirmed, receipt, inbox));
    }
  }

  void lost(IOException cause) {
    members.forEach(member -> member.inbox().lost(cause));
  }

  MqttCounters counters(long connections) {
    return new MqttCounters(
        received.get(),
        tooLarge.get(),
        unrouted.get(),
        sum(LinkInbox::dropped),
        sum(LinkInbox::withheld),
        sum(LinkInbox::refused),
        connections);
  }

  /** MQTT 5 tells; else the topic's end does (payload conventions); else the configuration. */
  static @Nullable String contentType(Inbound inbound, @Nullable String byDefault) {
    String told = inbound.contentType();
    if (told != null && !told.isBlank()) {
      int parameters = told.indexOf(';');
      String type = parameters < 0 ? told : told.substring(0, parameters);
      return type.strip().toLowerCase(Locale.ROOT);
    }
    if (inbound.topic().endsWith("/senml")) {
      return SENML_JSON;
    }
    return inbound.topic().endsWith("/senmlc") ? SENML_CBOR : byDefault;
  }

  private static Map<String, String> attributes(Inbound inbound) {
    Map<String, String> attributes = new HashMap<>(inbound.userProperties());
    attributes.put(MqttTransport.QOS, Integer.toString(inbound.qos()));
    attributes.remove(Message.RETAINED); // ours to say, not the sender's
    if (inbound.retained()) {
      attributes.put(Message.RETAINED, "true");
    }
    return attributes;
  }

  private List<Taker> takers(String topic) {
    var takers = new ArrayList<Taker>();
    for (Member member : members) {
      TopicPattern.Match match = member.config().pattern().match(topic);
      if (match != null) {
        String fixed = member.config().device();
        takers.add(new Taker(member, fixed != null ? fixed : match.device()));
      }
    }
    return takers;
  }

  private long sum(ToLongFunction<LinkInbox> count) {
    return members.stream().mapToLong(member -> count.applyAsLong(member.inbox())).sum();
  }
}
