package io.medtwin.app.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileReplacementTest {

  @TempDir private Path folder;

  @Test
  void theOldTextStaysBesideTheNewOneAndSoDoTheRights() throws IOException {
    var file = Files.writeString(folder.resolve("g.yaml"), "old");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    var link = Files.createSymbolicLink(folder.resolve("link.yaml"), file);

    try (var replacement = FileReplacement.of(link, "old", "new")) {
      assertThat(replacement.replace()).hasContent("old");
    }

    assertThat(file).hasContent("new");
    assertThat(link).isSymbolicLink();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(folder.toFile().list()).hasSize(3);
  }

  @Test
  void aFileThatSomebodyElseChangedIsLeftAlone() throws IOException {
    var file = Files.writeString(folder.resolve("g.yaml"), "old");

    try (var replacement = FileReplacement.of(file, "old", "new")) {
      Files.writeString(file, "theirs");
      assertThatThrownBy(replacement::replace)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("was changed meanwhile; nothing is written");
    }

    assertThat(file).hasContent("theirs");
    assertThat(folder.toFile().list()).hasSize(1);
  }
}
