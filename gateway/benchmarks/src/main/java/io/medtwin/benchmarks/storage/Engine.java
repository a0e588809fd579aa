package io.medtwin.benchmarks.storage;

import java.nio.file.Path;

/** The libraries that are compared. */
enum Engine {
  /** No library: what the disk itself lets through. */
  FILE {
    @Override
    Store open(Path folder) throws Exception {
      return new FileStore(folder);
    }
  },
  SQLITE {
    @Override
    Store open(Path folder) throws Exception {
      return new SqliteStore(folder, SQLITE_AUTO_CHECKPOINT);
    }
  },
  ROCKSDB {
    @Override
    Store open(Path folder) throws Exception {
      return new RocksStore(folder);
    }
  },
  MVSTORE {
    @Override
    Store open(Path folder) {
      return new MvStore(folder);
    }
  };

  /** SQLite's own default. */
  static final int SQLITE_AUTO_CHECKPOINT = 1000;

  abstract Store open(Path folder) throws Exception;
}
