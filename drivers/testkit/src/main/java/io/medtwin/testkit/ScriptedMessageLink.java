package io.medtwin.testkit;

import io.medtwin.spi.LinkKind;
import io.medtwin.spi.Message;
import io.medtwin.spi.MessageLink;
import io.medtwin.spi.SilenceException;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
   * @param answer what the sender was told, or null where the driver wrote nothing
   */
  public record Refused(Refusal kind, String why, @Nullable Message answer) {

    /** A refusal without content. */
    public Refused(Refusal kind, String why) {
      this(kind, why, null);
    }
  }

  private static final int RECEIVES_AT_END_MAX = 10_000;

  private final LinkKind kind;
  private final Deque<Message> script = new ArrayDeque<>();
  private final List<Message> replies = new ArrayList<>();
  private final List<Message> repliesIfNotSafe = new ArrayList<>();
  private final List<Refused> refusals = new ArrayList<>();
  private final List<Message> sent = new ArrayList<>();
  private VirtualTime time = new VirtualTime();
  private int silences;
  private int receivesAtEnd;
  private int touches;
  private int writes;
  private int failAtWrite = Integer.MAX_VALUE;
  private @Nullable IOException writeFailure;
  private Exception ending = new EOFException("end of script");

  /** A link of the given kind that plays the messages in order. */
  public ScriptedMessageLink(LinkKind kind, List<Message> messages) {
    this.kind = kind;
    script.addAll(messages);
  }

  /**
   * Ends otherwise than by the other side closing: each receive after the last message throws this,
   * an {@link IOException} or an {@link InterruptedException}.
   */
  public ScriptedMessageLink endingWith(Exception exception) {
    ending = exception;
    return this;
  }

  /** Is silent this many times behind the last message, before it ends. */
  public ScriptedMessageLink silentBeforeTheEnd(int times) {
    silences = times;
    return this;
  }

  /** Lets silences pass in the time that a {@link RecordingSession} tells. */
  public ScriptedMessageLink in(VirtualTime newTime) {
    time = newTime;
    return this;
  }

  /** From the given answer, refusal or message of its own on (0 is the first), each throws this. */
  public ScriptedMessageLink failingAtWrite(int write, IOException exception) {
    failAtWrite = write;
    writeFailure = exception;
    return this;
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
  public Message receive(Duration silenceLimit) throws IOException, InterruptedException {
    touches++;
    var next = script.poll();
    if (next != null) {
      return next;
    }
    if (silences > 0) {
      silences--;
      time.pass(silenceLimit);
      throw new SilenceException(silenceLimit);
    }
    if (++receivesAtEnd > RECEIVES_AT_END_MAX) {
      throw new RuleBroken(
          Rule.D9,
          "",
          "",
          "the driver received " + RECEIVES_AT_END_MAX + " times behind the end of the script");
    }
    if (ending instanceof InterruptedException stop) {
      throw stop;
    }
    if (ending instanceof IOException lost) {
      throw lost;
    }
    throw new IllegalStateException(ending);
  }

  @Override
  public void reply(Message answer) throws IOException {
    write();
    replies.add(answer);
  }

  @Override
  public void reply(@Nullable Message answer, @Nullable Message notSafe) throws IOException {
    write();
    if (answer != null) {
      replies.add(answer);
    }
    if (notSafe != null) {
      repliesIfNotSafe.add(notSafe);
    }
  }

  @Override
  public void refuse(Refusal refusal, String why) throws IOException {
    write();
    refusals.add(new Refused(refusal, why));
  }

  @Override
  public void refuse(Refusal refusal, String why, Message answer) throws IOException {
    write();
    refusals.add(new Refused(refusal, why, answer));
  }

  @Override
  public void send(Message message) throws IOException {
    write();
    sent.add(message);
  }

  private void write() throws IOException {
    touches++;
    if (writes++ >= failAtWrite && writeFailure != null) {
      throw writeFailure;
    }
  }

  /** Calls so far that receive or write. */
  int touches() {
    return touches;
  }

  /** Answers, refusals and messages of its own so far. */
  int writes() {
    return writes;
  }

  /** Answers given, in order. */
  public List<Message> replies() {
    return List.copyOf(replies);
  }

  /** Answers given for the case that a message is not safe, in order. */
  public List<Message> repliesIfNotSafe() {
    return List.copyOf(repliesIfNotSafe);
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
