package io.medtwin.benchmarks.storage;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** RocksDB: the position is the key; each batch is written with its log synced. */
final class RocksStore implements Store {

  private static final int HEAD_BYTES = 4 + 4 + 8 + 8 + 4;

  private final Options options;
  private final WriteOptions synced;
  private final RocksDB database;

  RocksStore(Path folder) throws RocksDBException {
    RocksDB.loadLibrary();
    synced = new WriteOptions().setSync(true);
    options =
        new Options().setCreateIfMissing(true).setCompressionType(CompressionType.LZ4_COMPRESSION);
    database = RocksDB.open(options, folder.resolve("rocks").toString());
  }

  @Override
  public void commit(List<Row> rows) throws RocksDBException {
    try (var batch = new WriteBatch()) {
      for (Row row : rows) {
        batch.put(key(row.position()), bytes(row));
      }
      database.write(synced, batch);
    }
  }

  @Override
  public long last() {
    try (var iterator = database.newIterator()) {
      iterator.seekToLast();
      return iterator.isValid() ? ByteBuffer.wrap(iterator.key()).getLong() : 0;
    }
  }

  @Override
  public void forEach(Consumer<Row> reader) {
    try (var iterator = database.newIterator()) {
      for (iterator.seekToFirst(); iterator.isValid(); iterator.next()) {
        reader.accept(row(ByteBuffer.wrap(iterator.key()).getLong(), iterator.value()));
      }
    }
  }

  private static byte[] key(long position) {
    return ByteBuffer.allocate(Long.BYTES).putLong(position).array();
  }

  /** The fields after the position, in their order, then the body. */
  static byte[] bytes(Row row) {
    byte[] body = row.body().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEAD_BYTES + body.length)
        .putInt(row.device())
        .putInt(row.kind())
        .putLong(row.at())
        .putLong(row.sequence())
        .putInt(row.crc())
        .put(body)
        .array();
  }

  static Row row(long position, byte[] value) {
    var buffer = ByteBuffer.wrap(value);
    int device = buffer.getInt();
    int kind = buffer.getInt();
    long at = buffer.getLong();
    long sequence = buffer.getLong();
    int crc = buffer.getInt();
    var body = new String(value, HEAD_BYTES, value.length - HEAD_BYTES, StandardCharsets.UTF_8);
    return new Row(position, device, kind, at, sequence, body, crc);
  }

  @Override
  public void close() {
    database.close();
    synced.close();
    options.close();
  }
}
