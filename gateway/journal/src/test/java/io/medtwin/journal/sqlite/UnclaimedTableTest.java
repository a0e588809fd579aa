package io.medtwin.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.journal.Entry;
import io.medtwin.journal.JournalConfig;
import io.medtwin.journal.Kept;
import io.medtwin.journal.Note;
import io.medtwin.journal.Replay;
import io.medtwin.journal.Saved;
import io.medtwin.journal.UnclaimedDevice;
import io.medtwin.spi.Identity;
import io.medtwin.spi.Identity.Attribute;
import io.medtwin.spi.Numeric;
import io.medtwin.spi.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class UnclaimedTableTest {

  private static final Instant AT = Instant.parse("2026-02-19T08:00:00.123Z");

  @TempDir private Path folder;

  @Test
  void whatIsKnownOfADeviceComesBackAndCanBeReadMeanwhile() throws Exception {
    var device = stranger(1);
    try (var journal = open()) {
      journal.unclaimed(List.of(device, stranger(2)), List.of());
      journal.unclaimed(List.of(), List.of(stranger(2)));
      settle(journal);

      assertThat(SqliteJournal.readUnclaimed(folder)).containsExactly(device);
    }
    try (var next = open()) {
      assertThat(next.unclaimed()).containsExactly(device);
    }
  }

  @Test
  void theTableIsBoundedAndKeepsThoseHeardLast() throws Exception {
    var many = new ArrayList<UnclaimedDevice>();
    for (int i = 0; i < UnclaimedTable.MOST_ROWS + 50; i++) {
      many.add(stranger(i));
    }
    try (var journal = open()) {
      journal.unclaimed(many, List.of());
      settle(journal);
    }

    assertThat(SqliteJournal.readUnclaimed(folder))
        .hasSize(UnclaimedTable.MOST_ROWS)
        .contains(many.getLast())
        .doesNotContain(many.getFirst());
  }

  @Test
  void aJournalOfAnEarlierGatewayHasNoneAndTakesSome() throws Exception {
    try (var journal = open()) {
      settle(journal);
    }
    try (var database = Database.open(Opening.fileIn(folder));
        var statement = database.connection().createStatement()) {
      statement.executeUpdate("DROP TABLE unclaimed");
      database.commit();
    }
    assertThat(SqliteJournal.readUnclaimed(folder)).isEmpty();

    try (var journal = open()) {
      journal.unclaimed(List.of(stranger(1)), List.of());
      settle(journal);
    }
    assertThat(SqliteJournal.readUnclaimed(folder)).containsExactly(stranger(1));
  }

  @Test
  void noneOfWhatADeviceMeasuredIsOnDisk() throws Exception {
    try (var journal = open()) {
      journal.unclaimed(List.of(stranger(1)), List.of());
      settle(journal);
    }
    var bytes = Files.readAllBytes(Opening.fileIn(folder));
    assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("heart-rate")
        .doesNotContain("76543");
  }

  @Test
  void withoutAJournalItIsSaid() {
    assertThatThrownBy(() -> SqliteJournal.readUnclaimed(folder.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("there is no journal");
  }

  private static UnclaimedDevice stranger(int number) {
    var at = AT.plusSeconds(number);
    return UnclaimedDevice.unheard("hub", "s" + number, "drv", AT)
        .with(Reading.of("heart-rate", Numeric.of(76543, "/min")), at)
        .with(Identity.of(Attribute.SERIAL, "A\"17"), at);
  }

  private SqliteJournal open() {
    var journal = new SqliteJournal(JournalConfig.in(folder), InstantSource.fixed(AT));
    journal.recover(new Nothing());
    journal.start(entries -> {});
    return journal;
  }

  /** Waits until everything before it is on disk. */
  private static void settle(SqliteJournal journal) throws InterruptedException {
    var done = new java.util.concurrent.CountDownLatch(1);
    journal.append(
        new Entry.LinkUp("d", AT),
        new io.medtwin.journal.Receipt() {
          @Override
          public void kept() {
            done.countDown();
          }

          @Override
          public void notKept(String why) {
            throw new AssertionError(why);
          }
        });
    done.await();
  }

  private static final class Nothing implements Replay {
    @Override
    public void saved(Saved state) {}

    @Override
    public void entry(Kept entry) {}

    @Override
    public void note(Note note) {}

    @Override
    public void message(long message) {}

    @Override
    public void damaged(String why) {
      throw new AssertionError(why);
    }
  }
}
