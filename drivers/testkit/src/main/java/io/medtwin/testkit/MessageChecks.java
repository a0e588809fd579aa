package io.medtwin.testkit;

import io.medtwin.spi.DeviceException;
import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.SilenceException;
import io.medtwin.testkit.Declarations.Feature;
import io.medtwin.testkit.Transcript.Arrival;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;

/** The rules for drivers of messages. */
@SuppressWarnings("ReferenceEquality") // run ends with that very exception, not with one like it
final class MessageChecks extends Checks {

  private static final int SILENCES = 3;

  /** Most cuts of one message; beyond, they are spread evenly. */
  private static final int CUTS_MAX = 200;

  /** A payload larger than any driver needs to read: 1 MiB. */
  private static final int HUGE_BYTES = 1 << 20;

  private static final byte[] FILLS = {0, '[', '{', '9', -1};

  MessageChecks(Subject subject, Effort effort) {
    super(subject, effort);
  }

  @Override
  void conversation(Rule rule, Conversation conversation) {
    require(
        !messages(conversation).isEmpty(),
        Rule.D2,
        conversation,
        "",
        "a transcript for a driver of messages sends one");
    switch (rule) {
      case D2 -> givesItsReports(conversation);
      case D4 -> nonsenseCostsItself(conversation);
      case D6 -> namesAndUnits(conversation);
      case D8 -> theEndOfTheLinkEndsRun(conversation);
      case D9 -> silenceIsTaken(conversation);
      case D10 -> anInterruptEndsRun(conversation);
      case D11 -> declaredMessagesOnly(conversation);
      case D12 -> aCutMessageYieldsNothingWrong(conversation);
      case D13 -> nonsenseIsNotThrown(conversation);
      case D14 -> aHugeMessageCostsItself(conversation);
      case D15 -> aBlockedEmitHoldsEverything(conversation);
      case D17 -> aHalfOpenPeerEndsRun(conversation);
      default -> throw new IllegalArgumentException(rule + " speaks of no conversation");
    }
  }

  @Override
  List<String> lines(Conversation conversation) {
    return play(conversation).lines();
  }

  private void nonsenseCostsItself(Conversation conversation) {
    if (!conversation.has(Feature.NONSENSE_MARKS)) {
      return;
    }
    var clean = play(conversation);
    for (int seed = 0; seed < SEEDS; seed++) {
      var place = "seed-" + seed;
      if (skips(place)) {
        continue;
      }
      var random = new SplittableRandom(seed);
      var noisy = new ArrayList<Message>();
      for (var message : messages(conversation)) {
        noisy.add(withPayload(message, noise(random)));
        noisy.add(message);
      }
      var run = run(conversation, noisy, new EOFException());
      requireOrderly(run.end(), conversation, place);
      requireSame(Rule.D4, conversation, place, clean.reports(), run.reports());
      require(
          run.refused() > clean.refused() || !run.discards().equals(clean.discards()),
          Rule.D4,
          conversation,
          place,
          "a nonsense message before each was neither refused nor counted");
    }
  }

  private void theEndOfTheLinkEndsRun(Conversation conversation) {
    for (int heard : starts(conversation)) {
      for (var lost : List.of(new EOFException(), new IOException("link lost"))) {
        var place = "message-" + heard;
        if (!skips(place)) {
          var end = run(conversation, first(conversation, heard), lost).end();
          require(
              end == lost,
              Rule.D8,
              conversation,
              place,
              lost + " came behind it, and run ended with " + StreamChecks.ended(end));
        }
      }
    }
  }

  private void silenceIsTaken(Conversation conversation) {
    boolean ends = conversation.has(Feature.END_ON_SILENCE);
    for (int heard : starts(conversation)) {
      var place = "message-" + heard;
      if (skips(place)) {
        continue;
      }
      if (ends) {
        var silence = new SilenceException(Duration.ofSeconds(1));
        var end = run(conversation, first(conversation, heard), silence).end();
        require(
            end instanceof SilenceException || end instanceof DeviceException,
            Rule.D9,
            conversation,
            place,
            "it was silent behind it, and run ended with "
                + StreamChecks.ended(end)
                + " instead of SilenceException or DeviceException");
      } else {
        var closed = new EOFException();
        var link =
            link(conversation, first(conversation, heard))
                .silentBeforeTheEnd(SILENCES)
                .endingWith(closed);
        var end = MessageRun.of(message(), conversation, link).end();
        require(
            end == closed,
            Rule.D9,
            conversation,
            place,
            SILENCES
                + " silences behind it, then the other side closed, and run ended with "
                + StreamChecks.ended(end));
      }
    }
  }

  private void anInterruptEndsRun(Conversation conversation) {
    for (int heard : starts(conversation)) {
      var place = "message-" + heard;
      if (!skips(place)) {
        var run = run(conversation, first(conversation, heard), new InterruptedException());
        require(
            run.end() instanceof InterruptedException,
            Rule.D10,
            conversation,
            place,
            "it was interrupted behind it, and run ended with " + StreamChecks.ended(run.end()));
      }
    }
  }

  private void declaredMessagesOnly(Conversation conversation) {
    requireDeclared(conversation, "as-it-is", play(conversation));
    for (int seed = 0; seed < SEEDS; seed++) {
      var place = "seed-" + seed;
      if (!skips(place)) {
        requireDeclared(conversation, place, nonsense(conversation, seed));
      }
    }
  }

  private static void requireDeclared(Conversation conversation, String place, MessageRun run) {
    for (var message : run.sent()) {
      require(
          conversation.declarations().maySend(message.bytes()),
          Rule.D11,
          conversation,
          place,
          "the driver sent " + message + ", which no may-send declares");
    }
  }

  /** D12. */
  private void aCutMessageYieldsNothingWrong(Conversation conversation) {
    boolean shows = conversation.has(Feature.TRUNCATION_MARKS);
    var right = new HashSet<>(lines(conversation));
    var messages = messages(conversation);
    for (int i = 0; i < messages.size(); i++) {
      var message = messages.get(i);
      int length = message.payload().remaining();
      int step = 1 + length / CUTS_MAX;
      for (int kept = 0; kept < length; kept += step) {
        var place = "message-" + i + "-byte-" + kept;
        if (skips(place)) {
          continue;
        }
        var cut = withPayload(message, message.payload().slice().limit(kept));
        var run = run(conversation, List.of(cut), new EOFException());
        requireOrderly(run.end(), conversation, place);
        for (var line : run.reports()) {
          require(
              !shows || right.contains(line),
              Rule.D12,
              conversation,
              place,
              "cut there, the message became: " + line);
        }
      }
    }
  }

  private void nonsenseIsNotThrown(Conversation conversation) {
    for (int seed = 0; seed < SEEDS; seed++) {
      var place = "seed-" + seed;
      if (!skips(place)) {
        requireOrderly(nonsense(conversation, seed).end(), conversation, place);
      }
    }
  }

  private void aHugeMessageCostsItself(Conversation conversation) {
    var clean = play(conversation);
    for (byte fill : FILLS) {
      var place = "byte-" + fill;
      if (skips(place)) {
        continue;
      }
      var bytes = new byte[HUGE_BYTES];
      Arrays.fill(bytes, fill);
      var all = new ArrayList<>(messages(conversation));
      all.add(0, withPayload(all.get(0), ByteBuffer.wrap(bytes)));
      var run = run(conversation, all, new EOFException());
      require(
          isOrderly(run.end()),
          Rule.D14,
          conversation,
          place,
          "1 MiB of that byte made the driver throw " + run.end());
      requireSame(Rule.D14, conversation, place, clean.reports(), run.reports());
    }
  }

  private void aBlockedEmitHoldsEverything(Conversation conversation) {
    int reports = play(conversation).reports().size();
    for (int report : moments(reports)) {
      var place = "report-" + report;
      if (!skips(place)) {
        var time = new VirtualTime();
        var link = link(conversation, messages(conversation)).in(time);
        var gate = new Gate(conversation.transcript().settings(), time, report);
        gate.atTheGate(link::touches);
        var end = MessageRun.ending(message(), link, gate);
        gate.requireHeld(conversation, place, end, link.touches());
      }
    }
  }

  private void aHalfOpenPeerEndsRun(Conversation conversation) {
    var whole = link(conversation, messages(conversation));
    var unused = MessageRun.of(message(), conversation, whole);
    int writes = whole.writes();
    for (int write : moments(writes)) {
      var place = "write-" + write;
      if (!skips(place)) {
        var lost = new IOException("broken pipe");
        var link = link(conversation, messages(conversation)).failingAtWrite(write, lost);
        var end = MessageRun.of(message(), conversation, link).end();
        require(
            end == lost,
            Rule.D17,
            conversation,
            place,
            "the answer could not be written, and run ended with "
                + StreamChecks.ended(end)
                + " instead of that exception");
      }
    }
  }

  private MessageRun nonsense(Conversation conversation, int seed) {
    var random = new SplittableRandom(seed);
    var nonsense =
        messages(conversation).stream().map(one -> withPayload(one, noise(random))).toList();
    return run(conversation, nonsense, new EOFException());
  }

  private static List<Integer> starts(Conversation conversation) {
    return moments(messages(conversation).size() + 1);
  }

  private static List<Message> first(Conversation conversation, int count) {
    return messages(conversation).subList(0, count);
  }

  private MessageRun play(Conversation conversation) {
    return run(conversation, messages(conversation), new EOFException());
  }

  private MessageRun run(Conversation conversation, List<Message> messages, Exception ending) {
    return MessageRun.of(message(), conversation, link(conversation, messages).endingWith(ending));
  }

  private ScriptedMessageLink link(Conversation conversation, List<Message> messages) {
    return new ScriptedMessageLink(Subject.link(driver(), conversation, LinkKind.MQTT), messages);
  }

  private MessageDriver message() {
    return (MessageDriver) driver();
  }

  static List<Message> messages(Conversation conversation) {
    var messages = new ArrayList<Message>();
    for (var turn : conversation.transcript().turns()) {
      if (turn instanceof Arrival arrival) {
        messages.add(arrival.message());
      }
    }
    return messages;
  }

  static Message withPayload(Message message, ByteBuffer payload) {
    return new Message(
        message.address(), message.device(), message.contentType(), message.attributes(), payload);
  }

  /** Bytes that are no text, so that no text format takes them for content. */
  private static ByteBuffer noise(SplittableRandom random) {
    var noise = new byte[1 + random.nextInt(40)];
    random.nextBytes(noise);
    noise[0] = (byte) 0xFF;
    return ByteBuffer.wrap(noise);
  }
}
