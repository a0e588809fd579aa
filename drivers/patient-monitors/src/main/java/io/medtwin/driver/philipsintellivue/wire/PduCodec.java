package io.medtwin.driver.philipsintellivue.wire;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Messages to bytes and back. The first byte tells the session: {@code 0D} connect, {@code 0E}
 * accept, {@code 0C} refuse, {@code 09} and {@code 0A} release and its answer, {@code 19} abort,
 * {@code E1} data; a beacon begins {@code 00 00 01 00}. The wrapping of an association is constant,
 * copied from a recorded one; only the user information in it speaks.
 */
public final class PduCodec {

  private static final int CONNECT = 0x0D;
  private static final int ACCEPT = 0x0E;
  private static final int REFUSE = 0x0C;
  private static final int RELEASE = 0x09;
  private static final int RELEASED = 0x0A;
  private static final int ABORT = 0x19;
  private static final int LONG_LENGTH = 0xFF;
  private static final int SHORT_HEAD_BYTES = 2;
  private static final int LONG_HEAD_BYTES = 4;
  private static final int USER_INFORMATION = 0x81;
  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] REQUEST_HEAD =
      HEX.parseHex(
          "0508130100160102800014020002c1dc3180a0808001010000a280a003000001a480308002010106"
              + "0452010001308006025101000000003080020102060c2a8648ce14020100000001013080060c2a86"
              + "48ce140201000000020100000000000061803080020101a0806080a180060c2a8648ce1402010000"
              + "0003010000be802880060c2a8648ce140201000000010102010281");
  private static final byte[] ACCEPT_HEAD =
      HEX.parseHex(
          "0508130100160102800014020002c1be3180a0808001010000a280a003000001a580308080010081"
              + "02510100003080800100810c2a8648ce14020100000002010000000061803080020101a0806180a1"
              + "80060c2a8648ce14020100000003010000a203020100a305a103020100be80288002010281");
  private static final byte[] TAIL = new byte[16];
  private static final byte[] RELEASE_BYTES =
      HEX.parseHex("0918c11661803080020101a08062808001000000000000000000");
  private static final byte[] RELEASED_BYTES =
      HEX.parseHex("0a18c11661803080020101a08063808001000000000000000000");

  /** As open clients send it; who receives one looks at its first byte alone. */
  private static final byte[] ABORT_BYTES =
      HEX.parseHex(
          "192e110103c129a080a0803080020101060251010000000061803080020101a08064808001010000"
              + "0000000000000000");

  /** Nobody published one: the shortest of that type. */
  private static final byte[] REFUSE_BYTES = HEX.parseHex("0c00");

  private PduCodec() {}

  /**
   * How long the message is that begins here, in bytes; 0 if none does; below 0, the number of
   * bytes that must be seen to tell.
   *
   * @param head at least one byte; left as it is
   */
  public static int length(ByteBuffer head) {
    int length =
        switch (Byte.toUnsignedInt(head.get(head.position()))) {
          case CONNECT, ACCEPT, REFUSE, RELEASE, RELEASED, ABORT -> sessionLength(head);
          case DataCodec.DATA, DataCodec.BEACON -> DataCodec.length(head);
          default -> 0;
        };
    return length <= Pdu.MAX_BYTES ? length : 0;
  }

  private static int sessionLength(ByteBuffer head) {
    if (head.remaining() < SHORT_HEAD_BYTES) {
      return -SHORT_HEAD_BYTES;
    }
    int length = Byte.toUnsignedInt(head.get(head.position() + 1));
    if (length < LONG_LENGTH) {
      return length + SHORT_HEAD_BYTES;
    }
    return head.remaining() < LONG_HEAD_BYTES
        ? -LONG_HEAD_BYTES
        : Short.toUnsignedInt(head.getShort(head.position() + 2)) + LONG_HEAD_BYTES;
  }

  /**
   * The message that exactly these bytes are; empty where lengths or contents do not fit.
   *
   * @param bytes left as they are
   */
  public static Optional<Pdu> decode(ByteBuffer bytes) {
    if (!bytes.hasRemaining() || length(bytes) != bytes.remaining()) {
      return Optional.empty();
    }
    return switch (Byte.toUnsignedInt(bytes.get(bytes.position()))) {
      case CONNECT -> userInformation(bytes).map(Pdu.AssociationRequest::new);
      case ACCEPT -> userInformation(bytes).map(Pdu.AssociationAccept::new);
      case REFUSE -> Optional.of(new Pdu.AssociationRefuse());
      case ABORT -> Optional.of(new Pdu.Abort());
      case RELEASE -> Optional.of(new Pdu.ReleaseRequest());
      case RELEASED -> Optional.of(new Pdu.ReleaseResponse());
      default -> DataCodec.decode(bytes);
    };
  }

  /**
   * The bytes of a message.
   *
   * @throws IllegalArgumentException longer than {@link Pdu#MAX_BYTES}
   */
  public static byte[] encode(Pdu pdu) {
    var bytes =
        switch (pdu) {
          case Pdu.AssociationRequest(var wanted) -> session(CONNECT, REQUEST_HEAD, wanted);
          case Pdu.AssociationAccept(var granted) -> session(ACCEPT, ACCEPT_HEAD, granted);
          case Pdu.AssociationRefuse() -> REFUSE_BYTES.clone();
          case Pdu.Abort() -> ABORT_BYTES.clone();
          case Pdu.ReleaseRequest() -> RELEASE_BYTES.clone();
          case Pdu.ReleaseResponse() -> RELEASED_BYTES.clone();
          case Pdu.Beacon beacon -> DataCodec.encode(beacon);
          case Pdu.Event event -> DataCodec.encode(event);
          case Pdu.EventResult result -> DataCodec.encode(result);
          case Pdu.PollRequest request -> DataCodec.encode(request);
          case Pdu.PollResult result -> DataCodec.encode(result);
          case Pdu.GetRequest request -> DataCodec.encode(request);
          case Pdu.GetResult result -> DataCodec.encode(result);
          case Pdu.SetRequest request -> DataCodec.encode(request);
          case Pdu.SetResult result -> DataCodec.encode(result);
          case Pdu.Failure failure -> DataCodec.encode(failure);
          case Pdu.Other other -> DataCodec.encode(other);
        };
    if (bytes.length > Pdu.MAX_BYTES) {
      throw new IllegalArgumentException("a message has at most " + Pdu.MAX_BYTES + " bytes");
    }
    return bytes;
  }

  private static byte[] session(int type, byte[] head, UserInformation user) {
    return new WireWriter()
        .u8(type)
        .u8(head.length + 1 + UserInformation.BYTES + TAIL.length)
        .raw(head)
        .u8(UserInformation.BYTES)
        .raw(user.toBytes())
        .raw(TAIL)
        .toBytes();
  }

  /** Behind the first {@code 81} and a length that begin a valid one; both ends may add to it. */
  private static Optional<UserInformation> userInformation(ByteBuffer bytes) {
    int last = bytes.limit() - UserInformation.BYTES - 2;
    for (int at = bytes.position(); at <= last; at++) {
      int length = Byte.toUnsignedInt(bytes.get(at + 1));
      if (Byte.toUnsignedInt(bytes.get(at)) == USER_INFORMATION
          && length <= bytes.limit() - at - 2) {
        var user = UserInformation.parse(bytes.slice(at + 2, length));
        if (user.isPresent()) {
          return user;
        }
      }
    }
    return Optional.empty();
  }
}
