package io.medtwin.benchmarks.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/** H2's MVStore: one map; each batch is committed as one chunk and the file synced. */
final class MvStore implements Store {

  private final MVStore store;
  private final MVMap<Long, byte[]> entries;

  MvStore(Path folder) {
    store =
        new MVStore.Builder()
            .fileName(folder.resolve("journal.mv").toString())
            .autoCommitDisabled()
            .open();
    entries = store.openMap("entry");
  }

  @Override
  public void commit(List<Row> rows) {
    for (Row row : rows) {
      entries.append(row.position(), RocksStore.bytes(row));
    }
    store.commit();
    store.sync();
  }

  @Override
  public long last() {
    Long last = entries.lastKey();
    return last == null ? 0 : last;
  }

  @Override
  public void forEach(Consumer<Row> reader) {
    var cursor = entries.cursor(1L);
    while (cursor.hasNext()) {
      long position = cursor.next();
      reader.accept(RocksStore.row(position, cursor.getValue()));
    }
  }

  @Override
  public void close() {
    store.close();
  }
}
