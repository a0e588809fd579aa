package io.medtwin.benchmarks.storage;

import java.util.List;
import java.util.function.Consumer;

/** One storage library, as a journal would use it. One thread, except where an engine says so. */
interface Store extends AutoCloseable {

  /** Appends the rows in one transaction; on return they are on the disk. */
  void commit(List<Row> rows) throws Exception;

  /** The highest position that is there; 0 when there is none. */
  long last() throws Exception;

  /** Shows every row in order of position. */
  void forEach(Consumer<Row> reader) throws Exception;

  @Override
  void close() throws Exception;
}
