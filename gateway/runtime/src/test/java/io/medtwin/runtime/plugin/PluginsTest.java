package io.medtwin.runtime.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.medtwin.runtime.plugin.Plugins.Failure;
import io.medtwin.spi.Spi;
import io.medtwin.spi.StreamDriver;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
  void aPluginForALaterSpiIsNamedBeforeAnyOfItsCodeRuns() throws Exception {
    new PluginJar()
        .driver("ok.TheDriver", "same-minor", "\"\"")
        .builtAgainst(Spi.VERSION)
        .into(plugin("a").resolve("a.jar"));
    new PluginJar()
        .driver("later.TheDriver", "later", "\"\"")
        .builtAgainst("1.999")
        .into(plugin("b-later-minor").resolve("b.jar"));
    new PluginJar()
        .driver("other.TheDriver", "other", "\"\"")
        .builtAgainst("2.0")
        .into(plugin("c-other-major").resolve("c.jar"));
    new PluginJar()
        .driver("odd.TheDriver", "odd", "\"\"")
        .builtAgainst("newest")
        .into(plugin("d-odd").resolve("d.jar"));

    try (var plugins = Plugins.load(List.of(folder))) {
      assertThat(plugins.drivers())
          .extracting(found -> found.descriptor().id())
          .containsExactly("same-minor");
      assertThat(why(plugins, "b-later-minor")).contains("1.999", Spi.VERSION);
      assertThat(why(plugins, "c-other-major")).contains("2.0", Spi.VERSION);
      assertThat(why(plugins, "d-odd")).contains("expected major.minor, got \"newest\"");
    }
  }

  @Test
  void aPluginWhoseDriverNeverSaysWhatItIsHoldsNobodyUp() throws Exception {
    new PluginJar()
        .driver("slow.TheDriver", "slow", "String.valueOf(new slow.Forever())")
        .with(
            "slow.Forever",
            "package slow; class Forever { Forever() { try { Thread.sleep(600_000); } catch"
                + " (InterruptedException e) { } } }")
        .into(plugin("slow").resolve("slow.jar"));
    good("then");

    try (var plugins = Plugins.load(List.of(folder))) {
      assertThat(why(plugins, "slow")).contains("do not say within 5 s");
      assertThat(plugins.driver("then")).isPresent();
    }
  }

  @Test
  void whatIsAnotherIsLoadedAndABrokenNewOneLeavesTheFormerInPlace() throws Exception {
    good("a");
    good("b");
    try (var plugins = Plugins.load(List.of(folder))) {
      assertThat(plugins.refresh().isNothing()).isTrue();
      var before = plugins.stamp();

      replace("a", "good.TheDriver", "a");
      Files.writeString(folder.resolve("b/good.jar"), "half a jar");
      good("c");

      assertThat(plugins.stamp()).isNotEqualTo(before);
      var refreshed = plugins.refresh();
      assertThat(refreshed.drivers())
          .extracting(found -> found.descriptor().id())
          .containsExactly("a", "c");
      assertThat(refreshed.gone()).isEmpty();
      assertThat(refreshed.former()).hasSize(2); // of "a", and of "b" what could not be used
      assertThat(why(plugins, "b")).contains("was replaced by one that", "the one before goes on");
      assertThat(plugins.driver("b")).isPresent();
    }
  }

  @Test
  void aPluginWhoseNextVersionLacksADriverStaysOpenForWhereThatRuns() throws Exception {
    good("a");
    try (var plugins = Plugins.load(List.of(folder))) {
      var runs = plugins.driver("a").orElseThrow().maker();
      replace("a", "good.OtherDriver", "other");

      var refreshed = plugins.refresh();

      assertThat(refreshed.gone()).containsExactly("a");
      assertThat(refreshed.former()).isEmpty();
      assertThat(runs.get().descriptor().id()).isEqualTo("a");
    }
  }

  @Test
  void aPluginThatIsTakenAwayIsGone() throws Exception {
    good("a");
    good("b");
    try (var plugins = Plugins.load(List.of(folder))) {
      try (var files = Files.walk(folder.resolve("a"))) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }

      assertThat(plugins.refresh().gone()).containsExactly("a");
      assertThat(plugins.driver("a")).isEmpty();
      assertThat(plugins.driver("b")).isPresent();
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

  /** Puts another jar in a plugin's place, as an installation does. */
  private void replace(String plugin, String type, String id) throws IOException {
    var jar =
        new PluginJar()
            .driver(type, id, "\"better\"")
            .into(
                Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-new"))
                    .resolve("x.jar"));
    Files.move(
        jar, folder.resolve(plugin).resolve("good.jar"), StandardCopyOption.REPLACE_EXISTING);
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
