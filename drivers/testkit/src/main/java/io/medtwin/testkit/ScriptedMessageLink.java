package io.medtwin.testkit;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A link that plays prepared messages, then is closed by the other side; keeps answers, refusals
 * and what is sent.
 */
public final class ScriptedMessageLink implements MessageLink {

  /**
   * One refused message.
   *
   * @param kind why, for the sender
   * @param why why, for people
   */
  public record Refused(Refusal kind, String why) {}

  private final LinkKind kind;
  private final Deque<Message> script = new ArrayDeque<>();
  private final List<Message> replies = new ArrayList<>();
  private final List<Refused> refusals = new ArrayList<>();
  private final List<Message> sent = new ArrayList<>();

  /** A link of the given kind that plays the messages in order. */
  public ScriptedMessageLink(LinkKind kind, List<Message> messages) {
    this.kind = kind;
    script.addAll(messages);
  }

  @Override
  public String name() {
    return "scripted";
  }

  @Override
  public LinkKind kind() {
    return kind;
  }

  @Override
  public Message receive(Duration silenceLimit) throws IOException {
    var next = script.poll();
    if (next == null) {
      throw new EOFException("end of script");
    }
    return next;
  }

  @Override
  public void reply(Message answer) {
    replies.add(answer);
  }

  @Override
  public void refuse(Refusal refusal, String why) {
    refusals.add(new Refused(refusal, why));
  }

  @Override
  public void send(Message message) {
    sent.add(message);
  }

  /** Answers given, in order. */
  public List<Message> replies() {
    return List.copyOf(replies);
  }

  /** Messages refused, in order. */
  public List<Refused> refusals() {
    return List.copyOf(refusals);
  }

  /** Messages of the driver's own, in order. */
  public List<Message> sent() {
    return List.copyOf(sent);
  }
}
