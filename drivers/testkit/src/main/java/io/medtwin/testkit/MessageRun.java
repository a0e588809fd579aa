package io.medtwin.testkit;

import io.medtwin.spi.Message;
import io.medtwin.spi.MessageDriver;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.Session;
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
    @Nullable Throwable end,
    int refused,
    Map<String, Integer> discards,
    List<Message> sent) {

  /** Runs the driver to its end over this link. */
  static MessageRun of(MessageDriver driver, Conversation conversation, ScriptedMessageLink link) {
    var time = new VirtualTime();
    var session = new RecordingSession(conversation.transcript().settings(), time);
    var end = ending(driver, link.in(time), session);
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

  /** How a run ends; null for a return. */
  static @Nullable Throwable ending(MessageDriver driver, MessageLink link, Session session) {
    try {
      driver.run(link, session);
      return null;
    } catch (IOException | InterruptedException | RuntimeException | StackOverflowError e) {
      return e;
    }
  }

  /** What it said, without what it refused. */
  List<String> reports() {
    return lines.stream().filter(line -> !line.startsWith("refused ")).toList();
  }

  private static Map<String, Integer> discards(RecordingSession session) {
    var all = new TreeMap<>(session.discarded());
    session.devices().values().forEach(device -> all.putAll(discards(device)));
    return all;
  }
}
