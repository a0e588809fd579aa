package io.medtwin.transports.mqtt;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a broker's answer means, and what to do about it. */
final class BrokerTrouble {

  /** MQTT 5: the broker does not know this version (CONNACK, MQTT 5 table 3-1). */
  static final int UNSUPPORTED_VERSION = 0x84;

  private BrokerTrouble() {}

  /**
   * An exception for a reason code.
   *
   * @param name the connection
   * @param code CONNACK code of MQTT 3.1.1 (1 to 5) or reason code of MQTT 5 (0x80 and up), or a
   *     number of Paho's own
   * @param text what the library or the broker says besides, or null
   */
  static IOException of(String name, int code, @Nullable String text, @Nullable Throwable cause) {
    String meaning =
        switch (code) {
          case 2, 0x85 -> "the client id is not accepted";
          case 3, 0x88, 0x89 -> "the broker is not available now";
          case 4, 0x86 -> "wrong user name or password";
          case 5, 0x87 -> "not authorised; check the user, its password and its access list";
          case 0x8C -> "authentication method not accepted";
          case 0x8E -> "another client took over our session; two gateways use the same client id";
          case 0x93 -> "the broker's receive maximum was exceeded";
          case 0x97 -> "the broker's quota is used up";
          case 0x9F -> "connecting too often";
          default -> null;
        };
    String detail = text == null || text.isBlank() ? "code " + code : text;
    return new IOException(
        name + ": " + (meaning == null ? detail : meaning + " (code " + code + ")"), cause);
  }

  /**
   * What Paho throws instead of its own exception: a NullPointerException from a connection that
   * was closed meanwhile, an IllegalArgumentException for a topic it does not like.
   */
  static IOException unexpected(String name, RuntimeException failure) {
    String what =
        failure instanceof NullPointerException
            ? "the connection was closed meanwhile"
            : deepest(failure);
    return new IOException(name + ": " + what, failure);
  }

  /** Paho wraps an interrupt as a failure; this makes it an interrupt again. */
  static void throwIfInterrupted(IOException failure) throws InterruptedException {
    Throwable cause = failure;
    for (int depth = 0; depth < 10 && cause != null; depth++) {
      if (cause instanceof InterruptedException) {
        var interrupted = new InterruptedException(failure.getMessage());
        interrupted.initCause(failure);
        throw interrupted;
      }
      cause = cause.getCause();
    }
  }

  /** The most telling message in a chain of causes. */
  static String deepest(Throwable failure) {
    Throwable last = failure;
    String text = failure.getMessage();
    for (int depth = 0; depth < 10 && last.getCause() != null; depth++) {
      last = last.getCause();
      if (last.getMessage() != null) {
        text = last.getMessage();
      }
    }
    return text == null ? failure.getClass().getSimpleName() : text;
  }
}
