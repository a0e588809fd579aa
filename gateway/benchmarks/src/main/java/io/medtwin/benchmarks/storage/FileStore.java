package io.medtwin.benchmarks.storage;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Consumer;

/**
 * The floor under every engine: rows appended to one file, {@code fdatasync} after each batch. No
 * index, no way to forget old rows, no recovery but reading all.
 */
final class FileStore implements Store {

  private static final int BUFFER_BYTES = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  FileStore(Path folder) throws IOException {
    file = folder.resolve("entries");
    channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void commit(List<Row> rows) throws IOException {
    for (Row row : rows) {
      byte[] bytes = RocksStore.bytes(row);
      if (buffer.remaining() < Integer.BYTES + Long.BYTES + bytes.length) {
        write();
      }
      buffer.putInt(bytes.length).putLong(row.position()).put(bytes);
    }
    write();
    channel.force(false);
  }

  private void write() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public long last() {
    long[] last = {0};
    forEach(row -> last[0] = row.position());
    return last[0];
  }

  @Override
  public void forEach(Consumer<Row> reader) {
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      while (true) {
        int length = in.readInt();
        long position = in.readLong();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
          return; // torn: the batch was not told
        }
        reader.accept(RocksStore.row(position, bytes));
      }
    } catch (EOFException e) {
      // the end
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
