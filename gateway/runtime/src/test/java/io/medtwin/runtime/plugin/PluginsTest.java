package io.medtwin.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.runtime.plugin.Plugins.Failure;
import io.medtwin.spi.StreamDriver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginsTest {

  /** Names, of those given, that the driver's class loader finds. */
  private static final String WHAT_IT_SEES =
      """
      java.util.stream.Stream.of(%s)
          .filter(
              name -> {
                try {
                  Class.forName(name, false, getClass().getClassLoader());
                  return true;
                } catch (ClassNotFoundException e) {
                  return false;
                }
              })
          .collect(java.util.stream.Collectors.joining(" "))
      """;

  @TempDir private Path folder;

  @Test
  void aPluginSeesTheSpiAndItsOwnJarsAndNothingElseOfOurs() throws Exception {
    var names =
        String.join(
            ",",
            List.of(
                "\"io.medtwin.spi.Reading\"",
                "\"org.jspecify.annotations.Nullable\"",
                "\"acme.Helper\"",
                "\"java.util.List\"",
                "\"io.medtwin.spi.transport.Transport\"",
                "\"io.medtwin.twin.Received\"",
                "\"io.medtwin.runtime.plugin.Plugins\"",
                "\"org.slf4j.Logger\""));
    new PluginJar()
        .driver("acme.AcmeDriver", "acme", WHAT_IT_SEES.formatted(names))
        .with("acme.Helper", "package acme; class Helper {}")
        .into(plugin("acme").resolve("acme.jar"));

    try (var plugins = Plugins.load(List.of(folder))) {
      assertThat(plugins.failures()).isEmpty();
      assertThat(title(plugins, "acme"))
          .isEqualTo(
              "io.medtwin.spi.Reading org.jspecify.annotations.Nullable acme.Helper"
                  + " java.util.List");
    }
  }

  @Test
  void aDriverOfAPluginIsADriverOfTheGatewayAndNewForEachSession() throws Exception {
    good("acme");

    try (var plugins = Plugins.load(List.of(folder))) {
      var found = plugins.driver("acme").orElseThrow();
      var one = found.maker().get();
      assertThat(one).isInstanceOf(StreamDriver.class);
      assertThat(found.maker().get()).isNotSameAs(one);
      assertThat(found.plugin()).isEqualTo("acme");
    }
  }

  @Test
  void twoVersionsOfALibraryLiveSideBySide() throws Exception {
    for (String version : List.of("1", "2")) {
      var home = plugin("maker-" + version);
      var library =
          new PluginJar()
              .with(
                  "lib.Version",
                  "package lib; public class Version { public static String text() { return \""
                      + version
                      + "\"; } }")
              .into(home.resolve("lib.jar"));
      new PluginJar()
          .driver("maker.TheDriver", "driver-" + version, "\"library \" + lib.Version.text()")
          .against(library)
          .into(home.resolve("driver.jar"));
    }

    try (var plugins = Plugins.load(List.of(folder))) {
      assertThat(plugins.failures()).isEmpty();
      assertThat(title(plugins, "driver-1")).isEqualTo("library 1");
      assertThat(title(plugins, "driver-2")).isEqualTo("library 2");
    }
  }

  @Test
  void aBrokenPluginIsNamedAndTheOthersLoad() throws Exception {
    good("a-good");
    plugin("b-empty");
    Files.writeString(plugin("c-noise").resolve("noise.jar"), "this is no jar");
    new PluginJar()
        .with("no.Service", "package no; public class Service {}")
        .into(plugin("d-no-service").resolve("d.jar"));
    new PluginJar().providing("not.There").into(plugin("e-no-class").resolve("e.jar"));
    new PluginJar()
        .driver("bad.ThrowingDriver", "throwing", "java.util.List.<String>of().getFirst()")
        .into(plugin("f-throws").resolve("f.jar"));
    new PluginJar()
        .driver("bad.NamelessDriver", "No Name", "\"\"")
        .into(plugin("g-bad-id").resolve("g.jar"));
    new PluginJar()
        .with("io.medtwin.spi.Later", "package io.medtwin.spi; public class Later {}")
        .withoutClass("io.medtwin.spi.Later")
        .driver("bad.NewerDriver", "newer", "new Later().toString()")
        .into(plugin("h-newer-spi").resolve("h.jar"));
    forALaterJava(
        new PluginJar()
            .driver("bad.LaterDriver", "later", "\"\"")
            .into(plugin("i-later-java").resolve("i.jar")),
        "bad/LaterDriver.class");
    good("j-good");

    try (var plugins = Plugins.load(List.of(folder))) {
      assertThat(plugins.drivers())
          .extracting(found -> found.descriptor().id())
          .containsExactly("a-good", "j-good");
      assertThat(plugins.failures())
          .extracting(Failure::plugin)
          .containsExactly(
              "b-empty",
              "c-noise",
              "d-no-service",
              "e-no-class",
              "f-throws",
              "g-bad-id",
              "h-newer-spi",
              "i-later-java");
      assertThat(why(plugins, "b-empty")).contains("no jar");
      assertThat(why(plugins, "d-no-service")).contains("META-INF/services/io.medtwin.spi.Driver");
      assertThat(why(plugins, "e-no-class")).contains("not.There");
      assertThat(why(plugins, "g-bad-id")).contains("No Name");
      assertThat(why(plugins, "h-newer-spi")).contains("io/medtwin/spi/Later");
      assertThat(why(plugins, "i-later-java")).contains("bad/LaterDriver");
    }
  }

  @Test
  void theFirstDriverOfAnIdWinsAndTheSecondIsNamed() throws Exception {
    new PluginJar()
        .driver("one.TheDriver", "same", "\"first\"")
        .into(plugin("one").resolve("one.jar"));
    new PluginJar()
        .driver("two.TheDriver", "same", "\"second\"")
        .into(plugin("two").resolve("two.jar"));

    try (var plugins = Plugins.load(List.of(folder))) {
      assertThat(title(plugins, "same")).isEqualTo("first");
      assertThat(plugins.failures()).extracting(Failure::plugin).containsOnly("two");
      assertThat(why(plugins, "two")).contains("same", "one");
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamedAndTheOthersAreRead() throws Exception {
    good("acme");
    var nowhere = folder.resolve("nowhere");

    try (var plugins = Plugins.load(List.of(nowhere, folder))) {
      assertThat(plugins.failures())
          .extracting(Failure::plugin)
          .containsExactly(nowhere.toString());
      assertThat(plugins.driver("acme")).isPresent();
    }
  }

  private void good(String name) throws IOException {
    new PluginJar()
        .driver("good.TheDriver", name, "\"good\"")
        .into(plugin(name).resolve("good.jar"));
  }

  private Path plugin(String name) throws IOException {
    return Files.createDirectories(folder.resolve(name));
  }

  private static String title(Plugins plugins, String id) {
    return plugins.driver(id).orElseThrow().descriptor().title();
  }

  private static String why(Plugins plugins, String plugin) {
    return plugins.failures().stream()
        .filter(failure -> failure.plugin().equals(plugin))
        .map(Failure::why)
        .findFirst()
        .orElseThrow();
  }

  /** Gives a class in a jar the version of a Java that is not there yet. */
  private static void forALaterJava(Path jar, String entry) throws IOException {
    try (var files = java.nio.file.FileSystems.newFileSystem(jar)) {
      var file = files.getPath(entry);
      var bytes = Files.readAllBytes(file);
      bytes[7] = 120; // major version
      Files.write(file, bytes);
    }
    assertThat(new String(Files.readAllBytes(jar), StandardCharsets.ISO_8859_1)).contains(entry);
  }
}
