package io.medtwin.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Journal.End;
import io.medtwin.journal.JournalConfig;
import io.medtwin.journal.JournalState.Health;
import io.medtwin.journal.Kept;
import io.medtwin.journal.Note;
import io.medtwin.journal.Receipt;
import io.medtwin.journal.Received;
import io.medtwin.journal.Replay;
import io.medtwin.journal.Saved;
import io.medtwin.spi.Alert;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import io.medtwin.spi.Report;
import io.medtwin.spi.Text;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteJournalTest {

  private static final Instant AT = Instant.parse("2026-02-19T08:00:00.120Z");

  @TempDir private Path temporary;
  private final AtomicLong sequence = new AtomicLong();

  @Test
  void whatWasKeptIsThereAfterAKillInItsOrder() throws Exception {
    var journal = open(temporary.resolve("a"));
    var handedOn = new CopyOnWriteArrayList<Kept>();
    journal.start(handedOn::addAll);
    journal.append(new Entry.LinkUp("d1", AT), null);
    journal.append(heard("d1", Reading.of("spo2", Numeric.of("97.0", "%"))), null);
    journal.append(heard("d2", Alert.of("AL_1", Alert.Phase.START)), null);
    journal.note(new Note.Sent(1, 2, "d1", AT, 3, 4), null);
    var kept = new CountDownLatch(1);
    journal.append(new Entry.LinkDown("d1", "unplugged", AT), receipt(kept::countDown));
    assertThat(kept.await(10, TimeUnit.SECONDS)).isTrue();

    var killed = copyOf(temporary.resolve("a"), "b"); // as a kill -9 leaves it: not closed
    var found = new Found();
    var end = open(killed, found);

    assertThat(end).isEqualTo(new End(4, 1));
    assertThat(found.what)
        .containsExactly(
            "1 LinkUp d1", "2 spo2 d1", "note 1", "3 AL_1 d2", "4 LinkDown d1 unplugged");
    assertThat(found.damages).isEmpty();
    until("handed on", () -> handedOn.size() == 4);
    journal.close();
  }

  @Test
  void maintenanceIsReadBackAsItWasSaid() throws Exception {
    var folder = temporary.resolve("a");
    var reason = "\"message\":7, moved to ward 4 \u2013 ask Ann";
    var muted = new Entry.Muted("d1", reason, AT.plusNanos(1), "ann", AT);
    var unmuted = new Entry.Unmuted("d1", "ben", AT);
    try (var journal = open(folder)) {
      journal.start(entries -> {});
      journal.append(muted, null);
      journal.append(unmuted, null);
    }
    var found = new Found();
    open(folder, found);

    assertThat(found.what).containsExactly("1 " + muted, "2 " + unmuted);
  }

  @Test
  void aReceiptIsToldOnlyWhenAnotherProcessCouldReadTheEntry() throws Exception {
    var folder = temporary.resolve("a");
    var journal = open(folder);
    journal.start(entries -> {});
    var seen = new CopyOnWriteArrayList<Long>();
    var done = new CountDownLatch(50);
    for (int i = 1; i <= 50; i++) {
      long expected = i;
      journal.append(
          heard("d" + i, Reading.of("x", Numeric.of(i, "1"))),
          receipt(
              () -> {
                try {
                  if (SqliteJournal.read(folder, new Found()).position() < expected) {
                    seen.add(expected);
                  }
                } catch (IOException e) {
                  seen.add(-expected);
                }
                done.countDown();
              }));
    }
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(seen).as("told before it could be read").isEmpty();
    journal.close();
  }

  @Test
  void aRestartReadsOnlyWhatTheSavedStatesDoNotHave() throws Exception {
    var folder = temporary.resolve("a");
    try (var journal = open(folder)) {
      journal.start(entries -> {});
      for (int i = 0; i < 10; i++) {
        journal.append(new Entry.LinkUp("d1", AT), null);
        journal.append(new Entry.LinkUp("d2", AT), null);
      }
      journal.note(new Note.Aged(1, 20, "d1", AT), null);
      journal.note(new Note.Aged(2, 20, "d2", AT), null);
      journal.save(List.of(new Saved("d1", 20, 2, "{\"a\":1}")), 2, 2, false);
      journal.append(new Entry.LinkDown("d1", "gone", AT), null);
    }
    var found = new Found();
    var end = open(folder, found);

    assertThat(end).isEqualTo(new End(21, 2));
    assertThat(found.what.getFirst()).isEqualTo("saved d1 {\"a\":1}");
    assertThat(found.what).contains("21 LinkDown d1 gone", "2 LinkUp d2", "note 2");
    assertThat(found.what).doesNotContain("1 LinkUp d1", "19 LinkUp d1", "note 1");
  }

  @Test
  void messagesAreToldAlsoWhenTheirReportsAreInASavedState() throws Exception {
    var folder = temporary.resolve("a");
    var now = Instant.ofEpochMilli(System.currentTimeMillis()); // else they are too old to be kept
    try (var journal = open(folder)) {
      journal.start(entries -> {});
      for (int message = 1; message <= 3; message++) {
        var reading = Reading.of("x", new Text("\"message\":" + 9 * message));
        var received = new Received("d" + message, reading, now, 1).ending(message);
        journal.append(Entry.Heard.of(received), null);
      }
      journal.save(List.of(new Saved("d1", 3, 0, "{}"), new Saved("d2", 3, 0, "{}")), 2, 1, false);
    }
    var found = new Found();
    open(folder, found);

    assertThat(found.messages).containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(found.what).contains("3 x d3").doesNotContain("1 x d1", "2 x d2");
  }

  @Test
  void whoAppendsNothingWaitsForWhatWasAppendedBefore() throws Exception {
    var folder = temporary.resolve("a");
    var journal = open(folder);
    journal.start(entries -> {});
    var position = new AtomicLong();
    var told = new CountDownLatch(1);
    journal.append(new Entry.LinkUp("d1", AT), null);
    journal.await(
        receipt(
            () -> {
              try {
                position.set(SqliteJournal.read(folder, new Found()).position());
              } catch (IOException e) {
                position.set(-1);
              }
              told.countDown();
            }));

    assertThat(told.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(position).hasValue(1);
    journal.close();
  }

  @Test
  void aTornTailLosesNothingBeforeItAndIsTold() throws Exception {
    var folder = temporary.resolve("a");
    var journal = open(folder);
    journal.start(entries -> {});
    for (int i = 0; i < 20; i++) {
      var kept = new CountDownLatch(1);
      journal.append(
          heard("d1", Reading.of("x", new Text("t".repeat(3_000)))), receipt(kept::countDown));
      assertThat(kept.await(10, TimeUnit.SECONDS)).isTrue();
    }
    until("marked", () -> HighWaterMark.read(folder.resolve("journal.mark")) == 20);
    var torn = copyOf(folder, "torn");
    journal.close();
    try (var log = new RandomAccessFile(torn.resolve("journal.db-wal").toFile(), "rw")) {
      log.setLength(log.length() - 6_000);
    }

    var found = new Found();
    var end = open(torn, found);

    assertThat(found.damages).singleElement().asString().contains("missing");
    assertThat(end.position()).as("no position is used twice").isEqualTo(20);
    assertThat(found.what).hasSizeBetween(15, 19);
  }

  @Test
  void aLineWhoseTextChangedIsLeftOutAndTold() throws Exception {
    var folder = temporary.resolve("a");
    try (var journal = open(folder)) {
      journal.start(entries -> {});
      journal.append(heard("d1", Reading.of("x", new Text("unmistakable"))), null);
      journal.append(heard("d2", Reading.of("x", new Text("sound"))), null);
    }
    var file = folder.resolve("journal.db");
    var bytes = Files.readAllBytes(file);
    int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("unmis");
    bytes[at] ^= 1;
    Files.write(file, bytes);

    var found = new Found();
    open(folder, found);

    assertThat(found.damages).singleElement().asString().contains("line 1").contains("d1");
    assertThat(found.what).containsExactly("2 x d2");
  }

  @Test
  void aFileThatIsNoDatabaseIsPutAsideAndTheGatewayStarts() throws Exception {
    var folder = Files.createDirectories(temporary.resolve("a"));
    Files.write(folder.resolve("journal.db"), "garbage".repeat(1_000).getBytes());

    var found = new Found();
    var journal = new SqliteJournal(JournalConfig.in(folder), InstantSource.system());
    journal.recover(found);
    journal.start(entries -> {});
    var kept = new CountDownLatch(1);
    journal.append(new Entry.LinkUp("d1", AT), receipt(kept::countDown));

    assertThat(kept.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(found.damages).hasSize(1);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("journal-damaged-"));
    }
    journal.close();
  }

  /** They would fill the disk that the journal needs. */
  @Test
  void ofDamagedFilesTheNewestAreKept() throws Exception {
    var folder = Files.createDirectories(temporary.resolve("a"));
    for (int time : new int[] {1_000, 1_001, 1_002, 1_003}) {
      Files.writeString(folder.resolve("journal-damaged-" + time + ".db"), "old");
      Files.writeString(folder.resolve("journal-damaged-" + time + ".db-wal"), "old");
    }
    Files.writeString(folder.resolve("journal-notes-1000.db.txt"), "of a person");
    Files.write(folder.resolve("journal.db"), "garbage".repeat(1_000).getBytes());

    var journal = new SqliteJournal(JournalConfig.in(folder), InstantSource.system());
    journal.recover(new Found());
    journal.close();

    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains(
              "journal-damaged-1002.db",
              "journal-damaged-1003.db",
              "journal-damaged-1003.db-wal",
              "journal-notes-1000.db.txt")
          .doesNotContain("journal-damaged-1000.db", "journal-damaged-1001.db-wal")
          .filteredOn(name -> name.matches("journal-damaged-\\d+\\.db"))
          .hasSize(3);
    }
  }

  @Test
  void aFileWhoseEndIsCutOffIsPutAsideAndTold() throws Exception {
    var folder = temporary.resolve("a");
    try (var journal = open(folder)) {
      journal.start(entries -> {});
      for (int i = 0; i < 500; i++) {
        journal.append(heard("d" + i, Reading.of("x", Numeric.of(i, "1"))), null);
      }
    }
    try (var file = FileChannel.open(folder.resolve("journal.db"), StandardOpenOption.WRITE)) {
      file.truncate(file.size() - 1_000);
    }
    var found = new Found();
    open(folder, found);

    assertThat(found.damages).as("told").isNotEmpty();
  }

  @Test
  void nothingIsAddedToAFileThatWasNotReadAtTheStart() throws Exception {
    var folder = temporary.resolve("a");
    try (var journal = open(folder)) {
      journal.start(entries -> {});
      journal.append(heard("d1", Reading.of("x", Numeric.of(1, "1"))), null);
      journal.note(new Note.Aged(1, 1, "d1", AT), null);
    }
    var away = Files.move(folder, temporary.resolve("away")); // a disk that is not there yet
    Files.writeString(folder, "a file where a folder should be");
    var found = new Found();
    var journal = new SqliteJournal(JournalConfig.in(folder), InstantSource.system());
    journal.recover(found);
    journal.start(entries -> {});
    Files.delete(folder);
    Files.move(away, folder);
    until(
        "writing again",
        () -> {
          journal.save(List.of(new Saved("d1", 0, 0, "{}")), 1, 1, true);
          return journal.state().health() == Health.OK;
        });
    journal.note(new Note.Aged(1, 1, "d1", AT), null); // its numbers begin anew
    journal.close();

    assertThat(journal.state().health()).isEqualTo(Health.OK);
    assertThat(found.damages).singleElement().asString().contains("could not be read");
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("journal-unread-"));
    }
  }

  @Test
  void whileTheDiskFailsTheLineGoesOnSendersAreToldAndEverythingIsKeptWhenItIsBack()
      throws Exception {
    var blocked = temporary.resolve("blocked");
    Files.writeString(blocked, "a file where a folder should be");
    var folder = blocked.resolve("journal");
    var journal = new SqliteJournal(JournalConfig.in(folder), InstantSource.system());
    journal.recover(new Found());
    var handedOn = new CopyOnWriteArrayList<Kept>();
    journal.start(handedOn::addAll);
    var told = new CopyOnWriteArrayList<String>();
    journal.append(
        heard("d1", Reading.of("x", Numeric.of(1, "1"))),
        new Receipt() {
          @Override
          public void kept() {
            told.add("kept");
          }

          @Override
          public void notKept(String why) {
            told.add("not kept");
          }
        });
    until("handed on from memory", () -> handedOn.size() == 1);
    until("told", () -> told.equals(List.of("not kept")));
    until("failing", () -> journal.state().health() == Health.FAILING);
    assertThat(journal.wantsWholeState()).isTrue();

    Files.delete(blocked);
    until(
        "writing again",
        () -> {
          journal.save(List.of(new Saved("d1", 0, 0, "{}")), 1, 1, true);
          return journal.state().health() == Health.OK;
        });

    until("told again", () -> told.equals(List.of("not kept", "kept")));
    assertThat(journal.wantsWholeState()).isFalse();
    assertThat(journal.state().notKept()).isOne();
    journal.close();
    var found = new Found();
    assertThat(open(folder, found).position()).isOne();
    assertThat(found.what).contains("saved d1 {}", "1 x d1");
  }

  /** The list of free pages is read when the first one is needed, and not before. */
  @Test
  void damageThatIsFoundOnlyWhenSomethingIsWrittenBeginsANewFile() throws Exception {
    var folder = temporary.resolve("a");
    try (var journal = open(folder)) {
      journal.start(entries -> {});
      journal.append(heard("d1", Reading.of("x", Numeric.of(1, "1"))), null);
    }
    try (var file = new RandomAccessFile(folder.resolve("journal.db").toFile(), "rw")) {
      file.seek(32); // first page of the list and how many there are, in the file's header
      file.writeInt(0x00FF_FFFF);
      file.writeInt(1);
    }
    var found = new Found();
    var journal = new SqliteJournal(JournalConfig.in(folder), InstantSource.system());
    journal.recover(found);
    assertThat(found.damages).as("nothing to be seen yet").isEmpty();
    journal.start(entries -> {});
    var kept = new AtomicInteger();
    for (int i = 0; i < 20; i++) {
      journal.append(
          heard("d" + i % 2, Reading.of("x", new Text("t".repeat(2_000)))), new Counting(kept));
    }
    until("failing", () -> journal.state().health() == Health.FAILING);
    until(
        "writing again",
        () -> {
          journal.save(List.of(new Saved("d1", 1, 0, "{}")), 2, 1, true);
          return journal.state().health() == Health.OK;
        });
    until("all are told", () -> kept.get() == 20);
    journal.append(heard("d1", Reading.of("x", Numeric.of(2, "1"))), new Counting(kept));
    until("it lasts", () -> kept.get() == 21);
    journal.close();

    assertThat(journal.state().health()).isEqualTo(Health.OK);
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.startsWith("journal-damaged-"));
    }
    var later = new Found();
    open(folder, later);
    assertThat(later.damages).isEmpty();
    assertThat(later.what).startsWith("saved d1 {}").endsWith("22 x d1");
  }

  @Test
  void aJournalStaysWithinItsQuotaAndGivesUpAlertsLast() throws Exception {
    var folder = temporary.resolve("a");
    var config = new JournalConfig(folder, JournalConfig.LEAST_BYTES, Duration.ofDays(1));
    var journal = new SqliteJournal(config, () -> AT);
    journal.recover(new Found());
    var position = new AtomicLong();
    journal.start(entries -> position.set(entries.getLast().position()));
    var text = new Text("t".repeat(20_000));
    for (int i = 0; i < 2_000; i++) {
      var report = i % 100 == 0 ? Alert.of("AL_1", Alert.Phase.CONTINUE) : Reading.of("x", text);
      journal.append(heard("d" + i % 7, report), null);
    }
    until("all written", () -> position.get() == 2_000);
    journal.save(List.of(), 2_001, 1, false);
    until("trimmed", () -> journal.state().trimmed() > 500);
    until("within the quota", () -> journal.state().bytes() < JournalConfig.LEAST_BYTES);
    journal.close();

    try (var connection = Database.reader(folder.resolve("journal.db"));
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT count(*) FROM entry WHERE kind = 4")) {
      assertThat(rows.getInt(1)).as("alerts").isEqualTo(20);
    }
  }

  @Test
  void aMissingJournalIsSaidSo() {
    assertThatThrownBy(() -> SqliteJournal.read(temporary, new Found()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no journal");
  }

  /** Counts how often something was kept. */
  private record Counting(AtomicInteger count) implements Receipt {
    @Override
    public void kept() {
      count.incrementAndGet();
    }

    @Override
    public void notKept(String why) {}
  }

  private SqliteJournal open(Path folder) {
    var journal = new SqliteJournal(JournalConfig.in(folder), InstantSource.system());
    journal.recover(new Found());
    return journal;
  }

  private static End open(Path folder, Found found) {
    var journal = new SqliteJournal(JournalConfig.in(folder), InstantSource.system());
    var end = journal.recover(found);
    journal.start(entries -> {});
    journal.close();
    return end;
  }

  private Entry heard(String device, Report report) {
    return Entry.Heard.of(new Received(device, report, AT, sequence.incrementAndGet()));
  }

  private Path copyOf(Path folder, String name) throws IOException {
    var copy = Files.createDirectory(temporary.resolve(name));
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    return copy;
  }

  private static Receipt receipt(Runnable kept) {
    return new Receipt() {
      @Override
      public void kept() {
        kept.run();
      }

      @Override
      public void notKept(String why) {}
    };
  }

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within 30 s: " + what);
      }
      Thread.onSpinWait();
    }
  }

  /** What a journal had, in words. */
  private static final class Found implements Replay {
    final List<String> what = new ArrayList<>();
    final List<Long> messages = new ArrayList<>();
    final List<String> damages = new ArrayList<>();

    @Override
    public void saved(Saved state) {
      what.add("saved " + state.device() + " " + state.body());
    }

    @Override
    public void entry(Kept kept) {
      var said =
          switch (kept.entry()) {
            case Entry.LinkUp up -> "LinkUp " + up.device();
            case Entry.LinkDown down -> "LinkDown " + down.device() + " " + down.why();
            case Entry.Heard heard -> name(heard) + " " + heard.device();
            case Entry.Muted muted -> muted.toString();
            case Entry.Unmuted unmuted -> unmuted.toString();
          };
      what.add(kept.position() + " " + said);
    }

    private static String name(Entry.Heard heard) {
      return switch (heard.reports().getFirst().report()) {
        case Reading reading -> reading.parameter();
        case Alert alert -> alert.code();
        default -> "?";
      };
    }

    @Override
    public void note(Note note) {
      what.add("note " + note.id());
    }

    @Override
    public void message(long message) {
      messages.add(message);
    }

    @Override
    public void damaged(String why) {
      damages.add(why);
    }
  }
}
