package io.medtwin.journal.sqlite;

import io.medtwin.journal.Entry;
import io.medtwin.journal.Journal;
import io.medtwin.journal.JournalConfig;
import io.medtwin.journal.JournalState;
import io.medtwin.journal.JournalState.Health;
import io.medtwin.journal.Kept;
import io.medtwin.journal.Note;
import io.medtwin.journal.Receipt;
import io.medtwin.journal.Replay;
import io.medtwin.journal.Saved;
import io.medtwin.journal.UnclaimedDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in a SQLite file. <b>Durability point:</b> a receipt is told {@code kept} after the
 * commit that holds its entry, and everything appended before it, has returned; with {@code
 * synchronous=FULL} SQLite has then forced the write-ahead log to the disk.
 *
 * <p>One thread, {@code journal}, owns the file. All fields without a word of their own are that
 * thread's.
 */
public final class SqliteJournal implements Journal {

  /** Most inputs of one commit. */
  private static final int BATCH = 2_048;

  /** Most receipts that are remembered while the disk fails, to be told when it is back. */
  private static final int RECEIPTS_LIMIT = 65_536;

  /** Most lines remembered while the disk fails: more than the keeper can be behind. */
  private static final int BACKLOG_LIMIT = 4 * WAITING_LIMIT;

  /**
   * Least time from the end of one commit to the next: under load more is gathered for each, which
   * spares system calls; what comes alone does not wait.
   */
  private static final long GATHER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration TIDY_PERIOD = Duration.ofMillis(200);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(SqliteJournal.class);

  private sealed interface Input {
    record Add(Entry entry, @Nullable Receipt receipt) implements Input {}

    record Await(Receipt receipt) implements Input {}

    record Noted(Note note, @Nullable Runnable then) implements Input {}

    record Save(List<Saved> states, long replayFrom, long notesFrom, boolean whole)
        implements Input {}

    record Unclaimed(List<UnclaimedDevice> newer, List<UnclaimedDevice> gone) implements Input {}
  }

  private final JournalConfig config;
  private final Path file;
  private final InstantSource clock;
  private final LinkedBlockingQueue<Input> inbox = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(WAITING_LIMIT);
  private final Thread owner;
  private volatile boolean closing;
  private volatile JournalState state;
  private volatile boolean wantsWhole;

  private @Nullable Database database;
  private List<UnclaimedDevice> unclaimedBefore = List.of();

  /** Whether there may be a file that was not read at the start: nothing is added to it. */
  private boolean unread;

  /** Whether what failed last is the file itself, found only when it was written. */
  private boolean isDamaged;

  private @Nullable HighWaterMark mark;
  private @Nullable Reader reader;
  private long position;
  private final Rows rows = new Rows();
  private final Tidying tidying;
  private final Deque<Receipt> owed = new ArrayDeque<>();
  private final Deque<Kept> backlog = new ArrayDeque<>();
  private Health health = Health.OK;
  private String why = "";
  private Instant since;
  private long bytes;
  private long reports;
  private long commits;
  private long notKept;
  // spans by a clock that nobody can set
  private long nextTryNanos = System.nanoTime();
  private long lastTurnNanos = nextTryNanos - GATHER_NANOS;
  private long nextTidyNanos = nextTryNanos;

  /** A journal that is not open yet; {@link #recover} opens it. */
  public SqliteJournal(JournalConfig config, InstantSource clock) {
    this.config = config;
    this.file = Opening.fileIn(config.folder());
    this.clock = clock;
    this.since = clock.instant();
    this.tidying = new Tidying(config, clock);
    this.state = new JournalState(Health.OK, "", since, 0, 0, 0, 0, 0, 0, config.maxBytes());
    this.owner = Thread.ofPlatform().name("journal").unstarted(this::run);
  }

  /**
   * Plays a journal into {@code replay} without changing it, whether a gateway writes it or not.
   *
   * @throws IOException there is none, or it cannot be read
   */
  public static End read(Path folder, Replay replay) throws IOException {
    var file = Opening.fileIn(folder);
    if (!Files.exists(file)) {
      throw new IOException("there is no journal at " + file);
    }
    try (var connection = Database.reader(file)) {
      connection.setAutoCommit(false); // one view of it, whoever writes meanwhile
      return new Recovery(connection, replay).read();
    } catch (SQLException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Plays what one device said in a time, and what was done with it, as far back as the journal
   * keeps it; changes nothing, whether a gateway writes it or not.
   *
   * @throws IOException there is no journal, or it cannot be read
   */
  public static void readHistory(
      Path folder, String device, Instant from, Instant to, Replay replay) throws IOException {
    var file = Opening.fileIn(folder);
    if (!Files.exists(file)) {
      throw new IOException("there is no journal at " + file);
    }
    try (var connection = Database.reader(file)) {
      connection.setAutoCommit(false); // one view of it, whoever writes meanwhile
      new Recovery(connection, replay).readHistory(device, from, to);
    } catch (SQLException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Devices that were heard and that nobody configured, whether a gateway writes the journal or
   * not.
   *
   * @throws IOException there is no journal, or it cannot be read
   */
  public static List<UnclaimedDevice> readUnclaimed(Path folder) throws IOException {
    var file = Opening.fileIn(folder);
    if (!Files.exists(file)) {
      throw new IOException("there is no journal at " + file);
    }
    try (var connection = Database.reader(file)) {
      return UnclaimedTable.read(connection);
    } catch (SQLException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public End recover(Replay replay) {
    var opening = new Opening(config.folder(), clock.instant());
    var opened = opening.open(replay);
    database = opened.database();
    position = opened.end().position();
    bytes = opened.bytes();
    tidying.saved(opened.replayFrom(), opened.notesFrom());
    if (database == null) {
      unread = true;
      failed(opened.trouble());
    } else {
      wantsWhole = !opened.trouble().isEmpty();
      unclaimedBefore = unclaimedIn(database);
      openMark();
    }
    publish();
    return opened.end();
  }

  @Override
  public void start(Reader to) {
    reader = to;
    owner.start();
  }

  @Override
  public void append(Entry entry, @Nullable Receipt receipt) throws InterruptedException {
    if (entry instanceof Entry.Heard heard) {
      room.acquire(heard.reports().size());
    }
    inbox.add(new Input.Add(entry, receipt));
  }

  @Override
  public void await(Receipt receipt) {
    inbox.add(new Input.Await(receipt));
  }

  @Override
  public void note(Note added, @Nullable Runnable then) {
    inbox.add(new Input.Noted(added, then));
  }

  @Override
  public void save(List<Saved> states, long replayFrom, long notesFrom, boolean whole) {
    inbox.add(new Input.Save(List.copyOf(states), replayFrom, notesFrom, whole));
  }

  @Override
  public void unclaimed(List<UnclaimedDevice> newer, List<UnclaimedDevice> gone) {
    inbox.add(new Input.Unclaimed(List.copyOf(newer), List.copyOf(gone)));
  }

  @Override
  public List<UnclaimedDevice> unclaimed() {
    return unclaimedBefore;
  }

  @Override
  public boolean wantsWholeState() {
    return wantsWhole;
  }

  @Override
  public JournalState state() {
    return state;
  }

  @Override
  public void close() {
    closing = true;
    try {
      if (owner.isAlive() && !owner.join(CLOSE_LIMIT)) {
        LOG.warn("journal {}: still writing after {}", file, CLOSE_LIMIT);
        owner.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    var batch = new ArrayList<Input>(BATCH);
    try {
      while (true) {
        var first = inbox.poll(100, TimeUnit.MILLISECONDS);
        if (first == null && closing) {
          break;
        }
        if (first != null) {
          batch.add(first);
          gather();
          inbox.drainTo(batch, BATCH - 1);
          turn(batch);
          batch.clear();
          lastTurnNanos = System.nanoTime();
        }
        idle();
      }
    } catch (InterruptedException e) {
      LOG.warn("journal {}: stopped while entries waited to be taken", file);
    } finally {
      shut();
    }
  }

  private void gather() throws InterruptedException {
    long left = lastTurnNanos + GATHER_NANOS - System.nanoTime();
    if (left > 0 && inbox.size() < BATCH && !closing) {
      TimeUnit.NANOSECONDS.sleep(left);
    }
  }

  /** Writes what came, tells who waits, and hands on. */
  private void turn(List<Input> batch) throws InterruptedException {
    int taken = 0;
    Input.@Nullable Save whole = null;
    var fresh = new ArrayList<Receipt>();
    rows.clear();
    for (Input input : batch) {
      switch (input) {
        case Input.Add add -> {
          taken += add.entry() instanceof Entry.Heard heard ? heard.reports().size() : 0;
          rows.add(add.entry());
          if (add.receipt() != null) {
            fresh.add(add.receipt());
          }
        }
        case Input.Save save when save.whole() -> whole = save;
        case Input.Await await -> fresh.add(await.receipt());
        case Input.Noted _, Input.Save _, Input.Unclaimed _ -> {}
      }
    }
    room.release(taken);
    var kept = rows.kept(position);
    position += kept.size();
    if (health == Health.OK || mayTryAgain(whole)) {
      write(batch, kept, whole);
    } else {
      remember(kept);
    }
    if (health == Health.OK) {
      reports += taken;
      fresh.forEach(Receipt::kept);
    } else {
      notKept += taken;
      owe(fresh);
    }
    if (!kept.isEmpty() && reader != null) {
      reader.take(kept);
    }
    for (Input input : batch) {
      if (input instanceof Input.Noted(Note _, @Nullable Runnable then) && then != null) {
        then.run();
      }
    }
  }

  private void write(List<Input> batch, List<Kept> kept, Input.@Nullable Save whole) {
    try {
      var open = database == null ? reopen() : database;
      long covered = whole == null ? 0 : whole.replayFrom() - 1;
      for (Kept old : backlog) {
        if (old.position() > covered) {
          open.add(old);
        }
      }
      for (Kept one : kept) {
        open.add(one);
      }
      for (Input input : batch) {
        switch (input) {
          case Input.Add _, Input.Await _ -> {}
          case Input.Noted noted -> open.add(noted.note());
          case Input.Save save -> {
            open.add(save.states(), save.replayFrom(), save.notesFrom());
            tidying.saved(save.replayFrom(), save.notesFrom());
          }
          case Input.Unclaimed unclaimed -> open.add(unclaimed.newer(), unclaimed.gone());
        }
      }
      open.commit();
      committed(whole != null);
    } catch (SQLException e) {
      remember(kept);
      failed(e);
    }
  }

  private void committed(boolean withWholeState) {
    commits++;
    backlog.clear();
    if (withWholeState) {
      wantsWhole = false;
    }
    if (health == Health.FAILING) {
      LOG.info("journal {}: writing again; {} reports went on from memory", file, notKept);
      health = Health.OK;
      since = clock.instant();
      publish();
    }
    if (mark != null) {
      try {
        mark.write(position);
      } catch (IOException e) {
        // a mark that lags tells less, and nothing wrong
      }
    }
    for (var one = owed.poll(); one != null; one = owed.poll()) {
      one.kept();
    }
  }

  /** Remembers what could not be written until the next whole state has it. */
  private void remember(List<Kept> kept) {
    backlog.addAll(kept);
    while (backlog.size() > BACKLOG_LIMIT) {
      backlog.removeFirst();
    }
  }

  /** Tells senders that theirs is not kept, and remembers to tell them when it is. */
  private void owe(List<Receipt> fresh) {
    for (Receipt receipt : fresh) {
      receipt.notKept(why);
      owed.add(receipt);
      if (owed.size() > RECEIPTS_LIMIT) {
        owed.removeFirst();
      }
    }
  }

  private boolean mayTryAgain(Input.@Nullable Save whole) {
    if (whole == null || System.nanoTime() - nextTryNanos < 0) {
      return false;
    }
    nextTryNanos = System.nanoTime() + RETRY.toNanos();
    return true;
  }

  private Database reopen() throws SQLException {
    try {
      makeFolder(config.folder());
      if (unread) {
        var aside = Opening.nameAside("unread", clock.instant());
        if (Opening.putAside(config.folder(), aside)) {
          LOG.warn("journal {}: what was not read at the start is put aside as {}", file, aside);
        }
        unread = false;
      } else if (isDamaged) {
        var aside = Opening.nameAside("damaged", clock.instant());
        if (Opening.putAside(config.folder(), aside)) {
          LOG.error(
              "journal {}: damaged, put aside as {}; a new one is begun with all that is known",
              file,
              aside);
        }
      }
      isDamaged = false;
    } catch (IOException e) {
      throw new SQLException(e.toString(), e);
    }
    var open = Database.open(file);
    database = open;
    openMark();
    return open;
  }

  private void failed(SQLException e) {
    isDamaged |= Opening.isDamage(e);
    failed(String.valueOf(e.getMessage()));
  }

  private void failed(String trouble) {
    if (health == Health.OK) {
      health = Health.FAILING;
      since = clock.instant();
      LOG.error(
          "journal {}: {}; twins go on from memory, senders are told that nothing is kept, trying"
              + " again each {}",
          file,
          trouble,
          RETRY);
    }
    why = trouble;
    closeQuietly();
    wantsWhole = true;
    nextTryNanos = System.nanoTime() + RETRY.toNanos();
    publish();
  }

  private void idle() {
    if (System.nanoTime() - nextTidyNanos < 0) {
      return;
    }
    nextTidyNanos = System.nanoTime() + TIDY_PERIOD.toNanos();
    var open = database;
    if (open != null && health == Health.OK) {
      try {
        bytes = tidying.tidy(open);
      } catch (SQLException e) {
        failed(e);
      }
    }
    publish();
  }

  private void publish() {
    state =
        new JournalState(
            health,
            why,
            since,
            bytes,
            reports,
            commits,
            notKept,
            tidying.trimmed(),
            WAITING_LIMIT - room.availablePermits(),
            config.maxBytes());
  }

  private static List<UnclaimedDevice> unclaimedIn(Database open) {
    try {
      return UnclaimedTable.read(open.connection());
    } catch (SQLException e) {
      return List.of(); // they are listed again when they are heard
    }
  }

  private void openMark() {
    HighWaterMark.closeQuietly(mark);
    try {
      mark = HighWaterMark.open(Opening.markIn(config.folder()));
    } catch (IOException e) {
      mark = null;
    }
  }

  private void shut() {
    HighWaterMark.closeQuietly(mark);
    closeQuietly();
    publish();
  }

  private void closeQuietly() {
    var open = database;
    database = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("journal {}: could not be closed, {}", file, e.getMessage());
      }
    }
  }

  static void makeFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
      }
    }
  }
}
