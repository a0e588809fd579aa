package io.medtwin.testkit;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One {@code run} of a driver over messages.
 *
 * @param lines what it said, in order, then what it refused
 * @param end how it ended: null for a return
 * @param refused messages refused
 * @param discards reasons of discards, with their bytes
 * @param sent messages of its own, and answers
 */
record MessageRun(
    List<String> lines,
    @Nullable Exception end,
    int refused,
    Map<String, Integer> discards,
    List<Message> sent) {

  /** Runs the driver to its end over these messages; behind the last, receive throws. */
  static MessageRun of(
      MessageDriver driver, Transcript transcript, List<Message> messages, Exception ending) {
    return of(driver, transcript, messages, ending, 0);
  }

  /** The same; behind the last message it is silent some times before that. */
  static MessageRun of(
      MessageDriver driver,
      Transcript transcript,
      List<Message> messages,
      Exception ending,
      int silences) {
    var time = new VirtualTime();
    var session = new RecordingSession(transcript.settings(), time);
    var link =
        new ScriptedMessageLink(kind(driver), messages)
            .in(time)
            .silentBeforeTheEnd(silences)
            .endingWith(ending);
    Exception end = null;
    try {
      driver.run(link, session);
    } catch (IOException | InterruptedException | RuntimeException e) {
      end = e;
    }
    var lines = new ArrayList<>(session.lines());
    link.refusals().forEach(refusal -> lines.add("refused " + refusal.kind()));
    var sent = new ArrayList<>(link.sent());
    sent.addAll(link.replies());
    sent.addAll(link.repliesIfNotSafe());
    for (var refusal : link.refusals()) {
      if (refusal.answer() != null) {
        sent.add(refusal.answer());
      }
    }
    return new MessageRun(lines, end, link.refusals().size(), discards(session), sent);
  }

  /** D13. */
  void requireOrderlyEnd(String how) {
    if (end instanceof RuntimeException) {
      throw new AssertionError(
          "D13: nonsense is refused or discarded, never thrown; "
              + how
              + " made the driver throw "
              + end,
          end);
    }
  }

  private static Map<String, Integer> discards(RecordingSession session) {
    var all = new TreeMap<>(session.discarded());
    session.devices().values().forEach(device -> all.putAll(discards(device)));
    return all;
  }

  private static LinkKind kind(MessageDriver driver) {
    return driver.descriptor().links().stream().sorted().findFirst().orElse(LinkKind.MQTT);
  }
}
