package io.medtwin.benchmarks.storage;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;

/**
 * The child that is killed: writes in full and says after each commit what is on the disk. Ends
 * when its standard output does.
 */
final class StorageWriter {

  private StorageWriter() {}

  /** Arguments: engine, folder, rows in a batch. */
  public static void main(String[] arguments) throws Exception {
    int batch = Integer.parseInt(arguments[2]);
    var out =
        new PrintStream(
            new java.io.FileOutputStream(java.io.FileDescriptor.out),
            false,
            StandardCharsets.US_ASCII);
    try (var store = Engine.valueOf(arguments[0]).open(Path.of(arguments[1]))) {
      long position = store.last();
      while (!out.checkError()) {
        var rows = new ArrayList<Row>(batch);
        for (int i = 0; i < batch; i++) {
          rows.add(Row.at(++position));
        }
        store.commit(rows);
        out.println(position);
        out.flush();
      }
    }
  }
}
