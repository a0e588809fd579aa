package io.medtwin.driver.declared;

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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Devices that send lines of text, by themselves or when they are asked, read by the declaration in
 * the setting {@code fields}. What it writes are the literal questions of that declaration and
 * nothing else.
 */
public final class AsciiLinesDriver implements StreamDriver {

  static final Setting<Declaration> FIELDS =
      Declaration.setting(Grammar.LINES, "spo2 <- columns 21-25 unit=% absent=---");

  static final Setting<Integer> END = mark("end", 0x0A, "Byte that ends a line");

  static final Setting<Integer> START =
      mark("start", LineReader.NO_START, "Byte that begins a line, where there is one");

  static final Setting<Integer> LONGEST =
      Setting.integer("longest", 512, 2, 4096, "By", "Longest line with its marks");

  static final Setting<LineChecksum> CHECKSUM =
      Setting.parsed(
          "checksum",
          LineChecksum.NONE,
          "none, or a checksum as hex digits at the end of each line, such as: sum8 separator=*",
          "Checksum of each line",
          LineChecksum::parse);

  static final Setting<Duration> SILENCE =
      Setting.duration(
          "silence",
          Duration.ofSeconds(10),
          Duration.ofMillis(100),
          Duration.ofHours(24),
          "Silence behind which the link is lost; polled: longest wait for an answer");

  static final Setting<Duration> PERIOD =
      Setting.duration(
          "period",
          Duration.ofSeconds(1),
          Duration.ofMillis(100),
          Duration.ofHours(1),
          "Polled: from one round of questions to the next");

  private static final DriverDescriptor DESCRIPTOR =
      new DriverDescriptor(
          "ascii-lines",
          "0.1.0",
          "Devices that send lines of text, declared by their profile",
          Set.of(LinkKind.SERIAL, LinkKind.TCP, LinkKind.UDP),
          List.of(FIELDS, END, START, LONGEST, CHECKSUM, SILENCE, PERIOD));

  /** Times a question is written before it counts as unanswered. */
  private static final int ATTEMPTS = 2;

  /** Lines that may come between a question and its answer. */
  private static final int MAX_LINES_BEFORE_ANSWER = 64;

  /** Rounds without any answer behind which the link is lost. */
  private static final int MAX_SILENT_ROUNDS = 2;

  private final Emission emission = new Emission();

  @Override
  public DriverDescriptor descriptor() {
    return DESCRIPTOR;
  }

  /**
   * Reads, and where the declaration says so asks, until the link ends.
   *
   * @throws IllegalArgumentException a setting does not parse; names all its lines
   */
  @Override
  public void run(StreamLink link, Session session) throws IOException, InterruptedException {
    var declaration = session.setting(FIELDS);
    var silence = session.setting(SILENCE);
    var reader =
        new LineReader(
            link,
            session,
            session.setting(START),
            session.setting(END),
            session.setting(LONGEST),
            session.setting(CHECKSUM),
            !declaration.asked().isEmpty());
    poll(reader, declaration, session.setting(PERIOD), silence, session);
    while (true) {
      take(reader, declaration, null, silence, session);
    }
  }

  /** Asks round after round; ends when nothing is left to be asked. */
  private void poll(
      LineReader reader,
      Declaration declaration,
      Duration period,
      Duration silence,
      Session session)
      throws IOException, InterruptedException {
    var done = new HashSet<Section>();
    int silentRounds = 0;
    while (done.size() < declaration.asked().size()) {
      var next = session.elapsed().plus(period);
      boolean heard = false;
      for (var section : declaration.asked()) {
        var request = section.request();
        if (request == null || done.contains(section)) {
          continue;
        }
        boolean answered = ask(reader, declaration, section, request, silence, session);
        heard |= answered;
        if (answered && request.once()) {
          done.add(section);
        }
      }
      silentRounds = heard ? 0 : silentRounds + 1;
      if (silentRounds >= MAX_SILENT_ROUNDS) {
        throw new SilenceException(silence.multipliedBy(MAX_SILENT_ROUNDS));
      }
      reader.pauseUntil(next);
    }
  }

  private boolean ask(
      LineReader reader,
      Declaration declaration,
      Section section,
      Request request,
      Duration silence,
      Session session)
      throws IOException, InterruptedException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      reader.drop(silence);
      reader.write(request.bytes());
      try {
        for (int line = 0; line < MAX_LINES_BEFORE_ANSWER; line++) {
          if (section.equals(take(reader, declaration, section, silence, session))) {
            return true;
          }
        }
      } catch (SilenceException e) {
        session.discard("no answer to " + section.name(), 0);
      }
    }
    return false;
  }

  /** The kind of the next line, or null where it is none; what is asked for counts when awaited. */
  private @Nullable Section take(
      LineReader reader,
      Declaration declaration,
      @Nullable Section awaited,
      Duration silence,
      Session session)
      throws IOException, InterruptedException {
    var line = reader.next(silence).orElse(null);
    if (line == null) {
      return null;
    }
    for (var section : declaration.sections()) {
      if (section.request() != null && !section.equals(awaited)) {
        continue;
      }
      var content = section.of(line).orElse(null);
      if (content != null) {
        return tell(section, content, reader, session) ? section : null;
      }
    }
    reader.strange("line of no declared kind");
    return null;
  }

  private boolean tell(Section section, Content content, LineReader reader, Session session)
      throws InterruptedException, DeviceException {
    if (section.ignored()) {
      reader.known();
      return true;
    }
    var extraction = Extraction.of(section, content);
    if (extraction.isTimeUnread()) {
      reader.strange("line whose time does not read");
      return false;
    }
    if (!extraction.isForADevice()) {
      reader.strange("line without the id of its device");
      return false;
    }
    reader.known();
    var device = extraction.device();
    emission.tell(
        section,
        extraction,
        device == null ? session : session.device(device),
        device == null ? "" : device,
        false);
    return true;
  }

  private static Setting<Integer> mark(String name, int defaultValue, String meaning) {
    return Setting.parsed(
        name,
        defaultValue,
        "a byte such as CR, LF, CRLF, ETX, XON, 0x1E or !",
        meaning,
        LineMark::parse);
  }
}
