package io.medtwin.app.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medtwin.app.TestInstallation;
import io.medtwin.app.wiring.ProfileChecks;
import io.medtwin.runtime.plugin.Plugins;
import io.medtwin.twin.document.Problems;
import io.medtwin.twin.normalizer.Units;
import io.medtwin.twin.profile.ProfileCatalog;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device maker begins with is compiled, held against the rules, and loaded as a plugin. */
class DriverProjectTest {

  private static final Pattern SDK_IMPORT =
      Pattern.compile("(?m)^import io\\.medtwin\\.spi\\.([A-Z]\\w*)");

  private static final DriverName NAME = DriverName.of("acme-pump");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Talk.class)
  void aNewDriverKeepsEveryRuleOfTheConformanceKit(Talk talk) throws Exception {
    var project = new DriverProject(NAME, talk, "1.2.3");
    var classes = compiled(project);

    var broken = new ArrayList<String>();
    int rules = 0;
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    try (var loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      thread.setContextClassLoader(loader); // where transcripts and services are looked for
      var contract = loader.loadClass("com.acme.pump.AcmePumpDriverTest");
      for (Method rule : rules(contract)) {
        rules++;
        try {
          rule.invoke(instance(contract));
        } catch (InvocationTargetException e) {
          broken.add(rule.getName() + ": " + e.getCause());
        }
      }
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThat(broken).isEmpty();
    assertThat(rules).isGreaterThan(10);
  }

  @ParameterizedTest
  @EnumSource(Talk.class)
  void itsProfileIsWithoutAProblemBesideItsPlugin(Talk talk) throws IOException {
    var project = new DriverProject(NAME, talk, "1.2.3");
    var plugin = plugin(compiled(project));

    var problems = new Problems();
    var units = new Units();
    try (var plugins = Plugins.load(List.of(plugin))) {
      assertThat(plugins.failures()).isEmpty();
      assertThat(plugins.driver("acme-pump")).isPresent();
      var profile =
          ProfileCatalog.readOne(
              folder.resolve("project/profiles/acme-pump.yaml"),
              List.of(folder.resolve("project/profiles")),
              problems);
      ProfileChecks.check(
          profile.orElseThrow(), plugins, units, TestInstallation.codes(units), problems);
    }
    assertThat(problems.list()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Talk.class)
  void noPlaceOfATemplateIsLeftEmpty(Talk talk) {
    new DriverProject(new DriverName("acme-pump", "org.acme"), talk, "1.2.3")
        .files()
        .forEach(
            (path, text) ->
                assertThat(text).as(path).doesNotContainPattern("@[A-Za-z]+@").endsWith("\n"));
  }

  /** What somebody must look up before the first value is theirs. */
  @Test
  void aFirstDriverNeedsSixTypesOfTheSdk() {
    var used = new TreeSet<String>();
    new DriverProject(NAME, Talk.STREAM, "1.2.3")
        .files()
        .forEach(
            (path, text) -> {
              if (path.startsWith("src/main/java/")) {
                SDK_IMPORT.matcher(text).results().forEach(found -> used.add(found.group(1)));
              }
            });
    assertThat(used)
        .containsExactly(
            "DriverDescriptor", "LinkKind", "Reading", "Session", "StreamDriver", "StreamLink");
  }

  @ParameterizedTest
  @CsvSource({
    "acme-pump, com.acme.pump, AcmePump",
    "b-braun-space-2, com.b.braunspace2, BBraunSpace2",
    "acme, com.acme.driver, Acme",
    "new-int, com.devicenew.deviceint, NewInt",
    "acme-3000, com.acme.device3000, Acme3000"
  })
  void packageAndClassesFollowFromTheName(String id, String javaPackage, String classes) {
    assertThat(DriverName.of(id).javaPackage()).isEqualTo(javaPackage);
    assertThat(DriverName.of(id).classes()).isEqualTo(classes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "Acme", "acme_pump", "acme-", "-acme", "3m-pump", "acme--pump"})
  void aNameThatIsNoNameOfADriverIsRefused(String id) {
    assertThatThrownBy(() -> new DriverName(id, "com.acme"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("acme-pump");
  }

  @Test
  void aPackageThatJavaDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> new DriverName("acme-pump", "com.acme.new"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("com.acme.new");
  }

  /** Compiled for Java 17, as its pom says, with every warning an error. */
  private Path compiled(DriverProject project) throws IOException {
    var root = folder.resolve("project");
    for (Map.Entry<String, String> file : project.files().entrySet()) {
      var path = root.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.writeString(path, file.getValue());
    }
    var classes = Files.createDirectories(folder.resolve("classes"));
    var compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      boolean fine =
          compiler
              .getTask(
                  said,
                  manager,
                  null,
                  List.of(
                      "--release",
                      "17",
                      "-Xlint:all,-processing,-options",
                      "-Werror",
                      "-d",
                      classes.toString(),
                      "-classpath",
                      System.getProperty("java.class.path")),
                  null,
                  manager.getJavaFileObjectsFromPaths(
                      files(root).filter(file -> file.toString().endsWith(".java")).toList()))
              .call();
      assertThat(fine).as(said.toString()).isTrue();
    }
    for (String resources : List.of("src/main/resources", "src/test/resources")) {
      var from = root.resolve(resources);
      for (Path file : files(from).toList()) {
        var target = classes.resolve(from.relativize(file).toString());
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        Files.copy(file, target);
      }
    }
    return classes;
  }

  /** Its classes as a jar in a folder, as Maven puts them. */
  private Path plugin(Path classes) throws IOException {
    var plugin = Files.createDirectories(folder.resolve("plugin"));
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    try (var jar =
        new JarOutputStream(
            Files.newOutputStream(plugin.resolve("acme-pump-0.1.0.jar")), manifest)) {
      for (Path file : files(classes).filter(DriverProjectTest::isOfThePlugin).toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, jar);
        jar.closeEntry();
      }
    }
    return plugin;
  }

  private static boolean isOfThePlugin(Path file) {
    var name = file.getFileName().toString();
    return !name.endsWith("Test.class") && !name.endsWith(".txt");
  }

  private static List<Path> listed(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static Stream<Path> files(Path root) throws IOException {
    return listed(root).stream();
  }

  private static List<Method> rules(Class<?> contract) {
    return Stream.of(contract.getMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  private static Object instance(Class<?> contract) throws ReflectiveOperationException {
    var constructor = contract.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
