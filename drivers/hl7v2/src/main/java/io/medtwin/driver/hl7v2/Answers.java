package io.medtwin.driver.hl7v2;

import io.medtwin.driver.hl7v2.er7.Er7Exception;
import io.medtwin.driver.hl7v2.er7.Header;
import io.medtwin.driver.hl7v2.er7.Problem;
import io.medtwin.spi.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Acknowledgements of one message (HL7 v2.6 chapter 2.9): original mode (MSH-15 and MSH-16 empty)
 * always AA, AE or AR; enhanced mode CA, CE or CR as MSH-15 asks, and where it asks for none, AA,
 * AE or AR as MSH-16 asks. Written with the separators of the message, sender and receiver changed
 * over.
 */
final class Answers {

  static final String HL7 = "application/hl7-v2";

  private static final int ID_BYTES = 8;

  /** What is answered. */
  private enum Outcome {
    SAFE,
    ERROR,
    REJECT
  }

  private final Header header;
  private final Message message;
  private final MessageDigest content;
  private final String prefix;
  private final String condition;

  /** The answers of a message with that header. */
  Answers(Header header, Message message) {
    this.header = header;
    this.message = message;
    this.content = sum(message);
    var accept = header.component(15, 1);
    var application = header.component(16, 1);
    boolean original = accept.isEmpty() && application.isEmpty();
    boolean commit = !accept.isEmpty() && !accept.equals("NE");
    prefix = commit ? "C" : "A";
    condition = original ? "AL" : commit ? accept : application;
  }

  /** The message is safe; null where its sender wants to hear nothing then. */
  @Nullable Message safe() {
    return wants(Outcome.SAFE) ? message(Outcome.SAFE, null) : null;
  }

  /** The message is not safe, and is to be sent again; null where its sender wants no answer. */
  @Nullable Message notSafe() {
    return wants(Outcome.ERROR) ? message(Outcome.ERROR, error("MSH", Problem.INTERNAL)) : null;
  }

  /** The message is not taken; null where its sender wants no answer. */
  @Nullable Message refused(Er7Exception why) {
    var outcome = why.problem().isReject() ? Outcome.REJECT : Outcome.ERROR;
    return wants(outcome) ? message(outcome, error(why.place(), why.problem())) : null;
  }

  private boolean wants(Outcome outcome) {
    return switch (condition) {
      case "AL" -> true;
      case "SU" -> outcome == Outcome.SAFE;
      case "ER" -> outcome != Outcome.SAFE;
      default -> false; // NE, or nothing where the other field asks for something
    };
  }

  private Message message(Outcome outcome, @Nullable String error) {
    var code =
        prefix
            + switch (outcome) {
              case SAFE -> "A";
              case ERROR -> "E";
              case REJECT -> "R";
            };
    var encoding = header.encoding();
    var trigger = header.trigger().isEmpty() ? "" : encoding.component() + header.trigger();
    var version = header.component(12, 1).isEmpty() ? "2.6" : header.raw(12);
    var structure = trigger.isEmpty() ? "" : encoding.component() + "ACK";
    var text =
        fields(
                "MSH",
                encoding.signs(),
                header.raw(5),
                header.raw(6),
                header.raw(3),
                header.raw(4),
                header.raw(7), // a driver has no clock: the time of the message it answers
                "",
                "ACK" + trigger + structure,
                id(code),
                header.raw(11).isEmpty() ? "P" : header.raw(11),
                version,
                "",
                "",
                "",
                "",
                "",
                header.raw(18))
            + "\r"
            + fields("MSA", code, header.controlId())
            + "\r"
            + (error == null ? "" : error + "\r");
    var octets = text.getBytes(StandardCharsets.ISO_8859_1);
    return new Message(message.address(), null, HL7, Map.of(), ByteBuffer.wrap(octets));
  }

  private String error(String place, Problem problem) {
    char part = header.encoding().component();
    var where = place.split("-", 2);
    var location = where.length < 2 ? where[0] : where[0] + part + "1" + part + where[1];
    return fields(
        "ERR",
        "",
        location,
        problem.code() + String.valueOf(part) + problem.text() + part + "HL70357",
        "E");
  }

  private String fields(String... fields) {
    var line = String.join(String.valueOf(header.encoding().field()), fields);
    int end = line.length();
    while (line.charAt(end - 1) == header.encoding().field()) {
      end--;
    }
    return line.substring(0, end);
  }

  /** The same answer to the same message has the same id. */
  private String id(String code) {
    try {
      var sum = (MessageDigest) content.clone();
      sum.update(code.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sum.digest(), 0, ID_BYTES);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("SHA-256 of every Java can be cloned", e);
    }
  }

  /** The message is summed once, for all that may be answered. */
  private static MessageDigest sum(Message message) {
    try {
      var sum = MessageDigest.getInstance("SHA-256");
      sum.update(message.payload());
      return sum;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
