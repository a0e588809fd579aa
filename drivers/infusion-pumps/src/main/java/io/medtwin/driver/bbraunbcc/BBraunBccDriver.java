package io.medtwin.driver.bbraunbcc;

import io.medtwin.spi.DeviceException;
import io.medtwin.spi.DriverDescriptor;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Session;
import io.medtwin.spi.Setting;
import io.medtwin.spi.SilenceException;
import io.medtwin.spi.StreamDriver;
import io.medtwin.spi.StreamLink;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * B. Braun Space and Compactplus racks, protocol BCC 3.2x to 3.36: one RS-232 line (9600 8N1 unless
 * set otherwise) or TCP connection (port 4001) to the ComDevice, many pumps behind it. Each pump is
 * told in the session of its address, {@code 50111} for the lowest slot of the first pillar, and
 * the ComDevice in that of {@code 50100}. Asks for all values, or takes what a ComDevice in cyclic
 * mode sends by itself. It has no words to change anything.
 */
public final class BBraunBccDriver implements StreamDriver {

  private static final Setting<Duration> POLL_PERIOD =
      Setting.duration(
          "pollPeriod",
          Duration.ofSeconds(2),
          Duration.ofMillis(500),
          Duration.ofSeconds(60),
          "Time from one question for all values to the next");

  private static final Setting<Boolean> CYCLIC =
      Setting.flag(
          "cyclic",
          false,
          "Whether the ComDevice is set to send by itself (BCC 3.30 and newer); then it is not"
              + " asked");

  private static final Setting<Duration> CYCLIC_SILENCE_LIMIT =
      Setting.duration(
          "cyclicSilenceLimit",
          Duration.ofSeconds(15),
          Duration.ofSeconds(1),
          Duration.ofMinutes(5),
          "Longest silence of a ComDevice in cyclic mode before it is asked whether it is there");

  private static final Setting<String> STUFFING =
      Setting.choice(
          "stuffing",
          "auto",
          List.of("auto", "on", "off"),
          "Whether the letters D and E are stuffed, as set at the ComDevice; auto finds out");

  private static final Setting<String> BIT_FIELDS =
      Setting.choice(
          "bitFields",
          "decimal",
          List.of("decimal", "hex"),
          "How the numbers of ALARM1, RUNSTATE and STATUS1 are written");

  private static final Setting<String> SLOT =
      Setting.parsed(
          "slot",
          "",
          "pillar 1 to 3 and slot 1 to 9 or A to O, such as 13; empty for the whole rack",
          "Asks for the pump in this slot only",
          BBraunBccDriver::parseSlot);

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "bbraun-bcc",
          "0.1.0",
          "B. Braun Space, Compactplus rack",
          Set.of(LinkKind.SERIAL, LinkKind.TCP),
          List.of(POLL_PERIOD, CYCLIC, CYCLIC_SILENCE_LIMIT, STUFFING, BIT_FIELDS, SLOT));

  /** Least time from the end of an answer to the next question. */
  private static final Duration REST = Duration.ofMillis(500);

  /** Most blocks of one answer: a full rack has 72 pumps and itself. */
  private static final int BLOCKS_MAX = 80;

  private static final int NO_MORE_DATA = 11;
  private static final int SYNTAX = 68;
  private static final int BAD_ADDRESS = 811;
  private static final String NO_BLOCK = "no answer";
  private static final String NOT_UNDERSTOOD = "request not understood";

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public void run(StreamLink link, Session session) throws IOException, InterruptedException {
    boolean cyclic = session.setting(CYCLIC);
    var bitField = BitField.valueOf(session.setting(BIT_FIELDS).toUpperCase(Locale.ROOT));
    var dialogue = new BccDialogue(link, session, stuffing(session), cyclic);
    var rack = new Rack(session, bitField);
    dialogue.connect();
    var version = dialogue.version();
    if (version.isPresent()) {
      rack.speaks(version.get());
    }
    if (cyclic) {
      listen(dialogue, session, rack);
    } else {
      poll(dialogue, session, rack);
    }
  }

  /** As set, or null where the driver is to find out. */
  private static @Nullable Stuffing stuffing(Session session) {
    var setting = session.setting(STUFFING);
    return setting.equals("auto") ? null : Stuffing.valueOf(setting.toUpperCase(Locale.ROOT));
  }

  private static void poll(BccDialogue dialogue, Session session, Rack rack)
      throws IOException, InterruptedException {
    var period = session.setting(POLL_PERIOD);
    var slot = session.setting(SLOT);
    var request = slot.isEmpty() ? BccRequest.MEMORY : BccRequest.slot(slot);
    var address = slot.isEmpty() ? null : "501" + slot;
    int failures = 0;
    while (true) {
      var next = session.elapsed().plus(period);
      if (wasTold(dialogue, session, rack, request, address)) {
        failures = 0;
      } else if (++failures == BccDialogue.ATTEMPTS) {
        throw new DeviceException(
            "expected an answer to " + request + ", got none that fits " + failures + " times");
      } else {
        dialogue.connect();
      }
      var left = next.minus(session.elapsed());
      takeFor(left.compareTo(REST) < 0 ? REST : left, dialogue, session, rack);
    }
  }

  /** One question and all blocks of its answer; false where these did not come to their end. */
  private static boolean wasTold(
      BccDialogue dialogue,
      Session session,
      Rack rack,
      BccRequest request,
      @Nullable String address)
      throws IOException, InterruptedException {
    rack.begin();
    dialogue.ask(request);
    try {
      for (int i = 0; i < BLOCKS_MAX; i++) {
        var block = dialogue.block(BccDialogue.SILENCE_LIMIT);
        if (block.isEmpty()) {
          return false;
        }
        if (isRefusal(block.get().systemError())) {
          session.discard(NOT_UNDERSTOOD, 0);
          return false;
        }
        if (take(block.get(), dialogue, rack)) {
          rack.end(address);
          return true;
        }
      }
      return false;
    } catch (SilenceException silence) {
      session.discard(NO_BLOCK, 0);
      return false;
    }
  }

  /** Takes what comes by itself, for as long as it does. */
  private static void listen(BccDialogue dialogue, Session session, Rack rack)
      throws IOException, InterruptedException {
    var silenceLimit = session.setting(CYCLIC_SILENCE_LIMIT);
    int failures = 0;
    rack.begin();
    while (true) {
      try {
        var block = dialogue.block(silenceLimit);
        if (block.isPresent()) {
          failures = 0;
          if (take(block.get(), dialogue, rack)) {
            rack.end(null);
          }
          continue;
        }
      } catch (SilenceException silence) {
        session.discard(NO_BLOCK, 0);
      }
      if (++failures == BccDialogue.ATTEMPTS) {
        throw new SilenceException(silenceLimit.multipliedBy(failures));
      }
      rack.begin();
      dialogue.connect();
    }
  }

  /** Lets time pass; takes what comes by itself. */
  private static void takeFor(Duration time, BccDialogue dialogue, Session session, Rack rack)
      throws IOException, InterruptedException {
    var end = session.elapsed().plus(time);
    var left = time;
    while (left.isPositive()) {
      try {
        var block = dialogue.block(left);
        if (block.isPresent()) {
          take(block.get(), dialogue, rack);
        }
      } catch (SilenceException nothingCame) {
        return;
      }
      left = end.minus(session.elapsed());
    }
  }

  /** Tells what a block says, then acknowledges it; whether it was the last one. */
  private static boolean take(BccFrame block, BccDialogue dialogue, Rack rack)
      throws IOException, InterruptedException {
    rack.take(block);
    dialogue.acknowledge();
    return block.last() || block.systemError().equals(Optional.of(NO_MORE_DATA));
  }

  private static boolean isRefusal(Optional<Integer> error) {
    return error.isPresent() && (error.get() == SYNTAX || error.get() == BAD_ADDRESS);
  }

  private static String parseSlot(String text) {
    var slot = text.strip();
    if (!slot.isEmpty() && !BccRequest.isSlot(slot)) {
      throw new IllegalArgumentException("\"" + slot + "\" is no slot");
    }
    return slot;
  }
}
