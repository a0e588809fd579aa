package io.medtwin.driver.philipsintellivue.wire;

import static io.medtwin.driver.philipsintellivue.wire.Layout.counted;
import static io.medtwin.driver.philipsintellivue.wire.Layout.u16;
import static io.medtwin.driver.philipsintellivue.wire.Layout.u32;
import static io.medtwin.driver.philipsintellivue.wire.Layout.u8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Data messages and the beacon:
 *
 * <pre>
 * E1 00 | 00 02 | type | length | [linked: state u8, number u8] | invoke id | command | length | ...
 * </pre>
 *
 * Types: 1 request, 2 result, 3 error, 5 linked result. A beacon has {@code 00 00 01 00} for the
 * first four bytes.
 */
final class DataCodec {

  static final int DATA = 0xE1;
  static final int BEACON = 0x00;

  private static final int HEAD_BYTES = 8;
  private static final long DATA_HEAD = 0xE1000002L;
  private static final long BEACON_HEAD = 0x00000100L;

  private static final int REQUEST = 1;
  private static final int RESULT = 2;
  private static final int ERROR = 3;
  private static final int LINKED = 5;

  private static final int EVENT = 0;
  private static final int CONFIRMED_EVENT = 1;
  private static final int GET = 3;
  private static final int CONFIRMED_SET = 5;
  private static final int ACTION = 7;

  private static final int SINGLE_POLL = 0x0C16;
  private static final int EXTENDED_POLL = 0xF13B;
  private static final int POLL_PERIOD = 0xF13E;
  private static final int PARTITION = 1;
  private static final int BEACON_CLASS = 0x23;
  private static final int REPLACE = 0;

  private DataCodec() {}

  /** As {@link PduCodec#length}. */
  static int length(ByteBuffer head) {
    if (head.remaining() < HEAD_BYTES) {
      return -HEAD_BYTES;
    }
    int at = head.position();
    long begin = Integer.toUnsignedLong(head.getInt(at));
    int type = Short.toUnsignedInt(head.getShort(at + 4));
    boolean known =
        begin == BEACON_HEAD && type == REQUEST
            || begin == DATA_HEAD && (type >= REQUEST && type <= ERROR || type == LINKED);
    return known ? HEAD_BYTES + Short.toUnsignedInt(head.getShort(at + 6)) : 0;
  }

  static Optional<Pdu> decode(ByteBuffer bytes) {
    return Layout.whole(
        bytes,
        message -> {
          boolean isBeacon = u32(message) == BEACON_HEAD;
          int type = u16(message);
          var body = counted(message);
          var pdu = isBeacon ? beacon(body) : body(type, body);
          if (body.hasRemaining()) {
            throw new IllegalArgumentException("a message ends where its length says");
          }
          return pdu;
        });
  }

  private static Pdu beacon(ByteBuffer body) {
    return operation(REQUEST, null, body) instanceof Pdu.Event event
            && event.type() == Pdu.CONNECT_INDICATION
        ? Layout.whole(event.data(), Attributes::read)
            .map(attributes -> new Pdu.Beacon(event.ticks(), attributes))
            .orElseThrow(IllegalArgumentException::new)
        : new Pdu.Other(0);
  }

  private static Pdu body(int type, ByteBuffer body) {
    return switch (type) {
      case ERROR -> {
        var failure = new Pdu.Failure(u16(body), u16(body));
        counted(body);
        yield failure;
      }
      case LINKED -> operation(type, new Pdu.Link(u8(body), u8(body)), body);
      default -> operation(type, null, body);
    };
  }

  private static Pdu operation(int type, Pdu.@Nullable Link link, ByteBuffer body) {
    int invokeId = u16(body);
    int command = u16(body);
    var argument = counted(body);
    if (!argument.hasRemaining()) {
      return new Pdu.Other(invokeId);
    }
    var object = ObjectId.read(argument);
    var pdu =
        type == REQUEST
            ? switch (command) {
              case EVENT, CONFIRMED_EVENT ->
                  new Pdu.Event(
                      invokeId,
                      command == CONFIRMED_EVENT,
                      object,
                      u32(argument),
                      u16(argument),
                      counted(argument));
              case GET -> getRequest(invokeId, argument);
              case CONFIRMED_SET -> setRequest(invokeId, argument);
              case ACTION -> pollRequest(invokeId, argument);
              default -> other(invokeId, argument);
            }
            : switch (command) {
              case CONFIRMED_EVENT -> {
                var result = new Pdu.EventResult(invokeId, object, u32(argument), u16(argument));
                counted(argument);
                yield result;
              }
              case GET -> new Pdu.GetResult(invokeId, Attributes.read(argument));
              case CONFIRMED_SET -> new Pdu.SetResult(invokeId, Attributes.read(argument));
              case ACTION -> pollResult(invokeId, link, argument);
              default -> other(invokeId, argument);
            };
    if (argument.hasRemaining()) {
      throw new IllegalArgumentException("an argument ends where its length says");
    }
    return pdu;
  }

  private static Pdu other(int invokeId, ByteBuffer argument) {
    argument.position(argument.limit());
    return new Pdu.Other(invokeId);
  }

  private static Pdu getRequest(int invokeId, ByteBuffer argument) {
    u32(argument); // scope
    int count = u16(argument);
    var list = counted(argument);
    var ids = new ArrayList<Integer>();
    while (list.hasRemaining()) {
      ids.add(u16(list));
    }
    if (ids.size() != count) {
      throw new IllegalArgumentException("ids are not as many as their count");
    }
    return new Pdu.GetRequest(invokeId, ids);
  }

  private static Pdu setRequest(int invokeId, ByteBuffer argument) {
    u32(argument); // scope
    int count = u16(argument);
    var list = counted(argument);
    int operation = u16(list);
    var attribute = new Attribute(u16(list), counted(list));
    if (count != 1 || operation != REPLACE || list.hasRemaining()) {
      return other(invokeId, argument);
    }
    return new Pdu.SetRequest(invokeId, attribute);
  }

  private static Pdu pollRequest(int invokeId, ByteBuffer argument) {
    u32(argument); // scope
    int type = u16(argument);
    var poll = counted(argument);
    if (type != SINGLE_POLL && type != EXTENDED_POLL) {
      return new Pdu.Other(invokeId);
    }
    int number = u16(poll);
    u16(poll); // partition
    var polled = new Pdu.Polled(number, u16(poll), u16(poll));
    Long period = null;
    if (type == EXTENDED_POLL) {
      period = Attributes.read(poll).find(POLL_PERIOD).map(Layout::u32).orElse(0L);
    }
    return new Pdu.PollRequest(invokeId, polled, period);
  }

  private static Pdu pollResult(int invokeId, Pdu.@Nullable Link link, ByteBuffer argument) {
    int type = u16(argument);
    var poll = counted(argument);
    if (type != SINGLE_POLL && type != EXTENDED_POLL) {
      return new Pdu.Other(invokeId);
    }
    int number = u16(poll);
    Integer sequence = type == EXTENDED_POLL ? u16(poll) : null;
    long ticks = u32(poll);
    var absolute = BcdTime.read(poll);
    u16(poll); // partition
    var polled = new Pdu.Polled(number, u16(poll), u16(poll));
    var observations = Observation.readAll(poll);
    if (poll.hasRemaining()) {
      throw new IllegalArgumentException("a poll ends where its length says");
    }
    return new Pdu.PollResult(invokeId, link, polled, sequence, ticks, absolute, observations);
  }

  static byte[] encode(Pdu.Beacon beacon) {
    return message(
        BEACON_HEAD,
        REQUEST,
        body ->
            body.u16(0)
                .u16(EVENT)
                .counted(
                    w -> {
                      new ObjectId(BEACON_CLASS, 0, 0).write(w);
                      w.u32(beacon.ticks()).u16(Pdu.CONNECT_INDICATION);
                      w.counted(data -> beacon.attributes().write(data));
                    }));
  }

  static byte[] encode(Pdu.Event event) {
    return operation(
        REQUEST,
        event.invokeId(),
        event.confirmed() ? CONFIRMED_EVENT : EVENT,
        event.object(),
        w -> w.u32(event.ticks()).u16(event.type()).counted(data -> data.raw(event.data())));
  }

  static byte[] encode(Pdu.EventResult result) {
    return operation(
        RESULT,
        result.invokeId(),
        CONFIRMED_EVENT,
        result.object(),
        w -> w.u32(result.ticks()).u16(result.type()).u16(0));
  }

  static byte[] encode(Pdu.PollRequest request) {
    var period = request.periodTicks();
    return operation(
        REQUEST,
        request.invokeId(),
        ACTION,
        ObjectId.MONITOR,
        w ->
            w.u32(0)
                .u16(period == null ? SINGLE_POLL : EXTENDED_POLL)
                .counted(
                    poll -> {
                      poll.u16(request.polled().number());
                      writePolled(poll, request.polled());
                      if (period != null) {
                        Attributes.of(
                                Attribute.of(POLL_PERIOD, new WireWriter().u32(period).toBytes()))
                            .write(poll);
                      }
                    }));
  }

  static byte[] encode(Pdu.PollResult result) {
    var sequence = result.sequence();
    var link = result.link();
    return message(
        DATA_HEAD,
        link == null ? RESULT : LINKED,
        body -> {
          if (link != null) {
            body.u8(link.state()).u8(link.number());
          }
          body.u16(result.invokeId())
              .u16(ACTION)
              .counted(
                  w -> {
                    ObjectId.MONITOR.write(w);
                    w.u16(sequence == null ? SINGLE_POLL : EXTENDED_POLL)
                        .counted(
                            poll -> {
                              poll.u16(result.polled().number());
                              if (sequence != null) {
                                poll.u16(sequence);
                              }
                              poll.u32(result.ticks());
                              BcdTime.write(poll, result.absolute());
                              writePolled(poll, result.polled());
                              Observation.writeAll(poll, result.observations());
                            });
                  });
        });
  }

  static byte[] encode(Pdu.GetRequest request) {
    return operation(
        REQUEST,
        request.invokeId(),
        GET,
        ObjectId.MONITOR,
        w -> w.u32(0).u16(request.ids().size()).counted(list -> request.ids().forEach(list::u16)));
  }

  static byte[] encode(Pdu.GetResult result) {
    return operation(
        RESULT, result.invokeId(), GET, ObjectId.MONITOR, w -> result.attributes().write(w));
  }

  static byte[] encode(Pdu.SetRequest request) {
    return operation(
        REQUEST,
        request.invokeId(),
        CONFIRMED_SET,
        ObjectId.MONITOR,
        w ->
            w.u32(0)
                .u16(1)
                .counted(
                    list ->
                        list.u16(REPLACE)
                            .u16(request.attribute().id())
                            .counted(v -> v.raw(request.attribute().value()))));
  }

  static byte[] encode(Pdu.SetResult result) {
    return operation(
        RESULT,
        result.invokeId(),
        CONFIRMED_SET,
        ObjectId.MONITOR,
        w -> result.attributes().write(w));
  }

  static byte[] encode(Pdu.Failure failure) {
    return message(
        DATA_HEAD, ERROR, body -> body.u16(failure.invokeId()).u16(failure.error()).u16(0));
  }

  static byte[] encode(Pdu.Other other) {
    return message(DATA_HEAD, RESULT, body -> body.u16(other.invokeId()).u16(0).u16(0));
  }

  private static void writePolled(WireWriter writer, Pdu.Polled polled) {
    writer.u16(PARTITION).u16(polled.objectClass()).u16(polled.group());
  }

  private static byte[] operation(
      int type, int invokeId, int command, ObjectId object, Consumer<WireWriter> argument) {
    return message(
        DATA_HEAD,
        type,
        body ->
            body.u16(invokeId)
                .u16(command)
                .counted(
                    w -> {
                      object.write(w);
                      argument.accept(w);
                    }));
  }

  private static byte[] message(long head, int type, Consumer<WireWriter> body) {
    return new WireWriter().u32(head).u16(type).counted(body).toBytes();
  }
}
