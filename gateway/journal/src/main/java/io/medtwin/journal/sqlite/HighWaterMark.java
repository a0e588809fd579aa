package io.medtwin.journal.sqlite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The last position that was committed, in a file of its own beside the journal. SQLite leaves a
 * damaged tail of its log out without a word; with this mark the loss is seen and told. Written
 * after each commit and not forced to disk, so it is never ahead of what was committed.
 */
final class HighWaterMark implements AutoCloseable {

  private static final int DIGITS = 20;

  private final FileChannel channel;

  private HighWaterMark(FileChannel channel) {
    this.channel = channel;
  }

  static HighWaterMark open(Path file) throws IOException {
    return new HighWaterMark(
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** What the file says, 0 where there is none or it makes no sense. */
  static long read(Path file) {
    try {
      return Long.parseLong(Files.readString(file, StandardCharsets.US_ASCII).strip());
    } catch (NoSuchFileException e) {
      return 0;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }

  void write(long position) throws IOException {
    var text = String.format(Locale.ROOT, "%0" + DIGITS + "d\n", position);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  static void closeQuietly(@Nullable HighWaterMark mark) {
    if (mark != null) {
      try {
        mark.close();
      } catch (IOException e) {
        // what it says is on its way to the disk or not; nothing depends on it
      }
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
