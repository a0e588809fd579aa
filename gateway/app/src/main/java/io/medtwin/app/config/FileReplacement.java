package io.medtwin.app.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;

/**
 * A new text for a file: written beside it first, so that it can be checked with everything that is
 * relative to it, then put in its place at once. A reader sees the old text or the new one, never a
 * part. Closed without {@link #replace} it leaves nothing behind.
 */
public final class FileReplacement implements AutoCloseable {

  private final Path file;
  private final String before;
  private final Path draft;

  private FileReplacement(Path file, String before, Path draft) {
    this.file = file;
    this.before = before;
    this.draft = draft;
  }

  /**
   * Writes the draft.
   *
   * @param file what to replace; a link is followed
   * @param before its text when the new one was made of it
   * @throws IOException the folder cannot be written
   */
  public static FileReplacement of(Path file, String before, String after) throws IOException {
    var real = file.toRealPath();
    var folder = Objects.requireNonNull(real.getParent());
    var draft = Files.createTempFile(folder, "." + real.getFileName(), ".draft");
    Files.writeString(draft, after);
    if (Files.getFileStore(real).supportsFileAttributeView("posix")) {
      Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(real));
    }
    return new FileReplacement(real, before, draft);
  }

  /** The new text, beside the file. */
  public Path draft() {
    return draft;
  }

  /**
   * Puts the new text in place, and keeps the old one as {@code FILE.bak}.
   *
   * @return where the old text is
   * @throws IOException somebody else changed the file meanwhile, or it cannot be written
   */
  public Path replace() throws IOException {
    if (!Files.readString(file).equals(before)) {
      throw new IOException(file + " was changed meanwhile; nothing is written, try again");
    }
    var backup = file.resolveSibling(file.getFileName() + ".bak");
    Files.copy(
        file, backup, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    return backup;
  }

  @Override
  public void close() throws IOException {
    Files.deleteIfExists(draft);
  }
}
