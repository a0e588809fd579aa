package io.medtwin.driver.philipsintellivue.wire;

import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One message, of either end. {@code invokeId} ties an answer to its request. */
public sealed interface Pdu {

  /**
   * Most bytes of a message: what the recorded request offers to take (3000h); a monitor sends 1456
   * at most.
   */
  int MAX_BYTES = 12_288;

  /** Type of the event that describes the monitor at the start of an association. */
  int MDS_CREATE = 0x0D06;

  /** Type of the event that a monitor broadcasts to be found. */
  int CONNECT_INDICATION = 0x0D17;

  /**
   * A client asks for an association.
   *
   * @param wanted what it wants
   */
  record AssociationRequest(UserInformation wanted) implements Pdu {}

  /**
   * The monitor takes the client.
   *
   * @param granted what it grants
   */
  record AssociationAccept(UserInformation granted) implements Pdu {}

  /** The monitor does not take the client; ten seconds later it may. */
  record AssociationRefuse() implements Pdu {}

  /** One end breaks off. */
  record Abort() implements Pdu {}

  /** One end says goodbye. */
  record ReleaseRequest() implements Pdu {}

  /** The other end, too. */
  record ReleaseResponse() implements Pdu {}

  /**
   * A monitor tells the network where it is. Comes by itself, on port 24005.
   *
   * @param ticks its counter
   * @param attributes read by {@link ConnectIndication}
   */
  record Beacon(long ticks, Attributes attributes) implements Pdu {}

  /**
   * Something happened.
   *
   * @param confirmed whether it comes again until it is answered
   * @param object where
   * @param ticks when
   * @param type {@link #MDS_CREATE}, or another
   * @param data what the type gives a layout
   */
  record Event(
      int invokeId, boolean confirmed, ObjectId object, long ticks, int type, ByteBuffer data)
      implements Pdu {
    public Event {
      data = data.slice().asReadOnlyBuffer();
    }

    /** A view of the data with its own position. */
    @Override
    public ByteBuffer data() {
      return data.duplicate();
    }
  }

  /** The answer to a confirmed {@link Event}. */
  record EventResult(int invokeId, ObjectId object, long ticks, int type) implements Pdu {}

  /**
   * What is polled.
   *
   * @param number comes back in the answer
   * @param objectClass as in {@link ObjectClass}
   * @param group group of attributes; 0 for all
   */
  record Polled(int number, int objectClass, int group) {}

  /**
   * A client polls.
   *
   * @param periodTicks how long answers shall come by themselves; null for one answer
   */
  record PollRequest(int invokeId, Polled polled, @Nullable Long periodTicks) implements Pdu {}

  /**
   * Place of an answer among those that belong together.
   *
   * @param state 1 the first, 2 in the middle, 3 the last
   * @param number counted from 1
   */
  record Link(int state, int number) {
    /** The first. */
    public static final int FIRST = 1;

    /** Neither the first nor the last. */
    public static final int MIDDLE = 2;

    /** The last, before the answer that closes the set. */
    public static final int LAST = 3;
  }

  /**
   * What the monitor tells.
   *
   * @param link null for the answer that closes a set, or is the only one
   * @param sequence counts the answers of one request, 16 bits; null for a single poll
   * @param ticks when it was so
   * @param absolute the same on the wall clock, or null
   * @param observations what is told of which object
   */
  record PollResult(
      int invokeId,
      @Nullable Link link,
      Polled polled,
      @Nullable Integer sequence,
      long ticks,
      @Nullable LocalDateTime absolute,
      List<Observation> observations)
      implements Pdu {
    public PollResult {
      observations = List.copyOf(observations);
    }
  }

  /**
   * A client asks for attributes of the monitor.
   *
   * @param ids which
   */
  record GetRequest(int invokeId, List<Integer> ids) implements Pdu {
    public GetRequest {
      ids = List.copyOf(ids);
    }
  }

  /** The attributes asked for. */
  record GetResult(int invokeId, Attributes attributes) implements Pdu {}

  /** A client replaces an attribute of the monitor. */
  record SetRequest(int invokeId, Attribute attribute) implements Pdu {}

  /** The attributes as they are now. */
  record SetResult(int invokeId, Attributes attributes) implements Pdu {}

  /**
   * The monitor cannot do what was asked.
   *
   * @param error its code, from a list nobody published
   */
  record Failure(int invokeId, int error) implements Pdu {}

  /** A data message of the right shape that nobody here understands. */
  record Other(int invokeId) implements Pdu {}
}
