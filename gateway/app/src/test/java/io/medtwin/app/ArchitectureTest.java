package io.medtwin.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.medtwin.testkit.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Who may know whom, as the table in CONTRIBUTING.md says it. Reads the compiled classes of every
 * module of the build, so a module that is not in the table is found, too.
 */
class ArchitectureTest {

  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

  private static final String SPI = "drivers/spi";
  private static final String TESTKIT = "drivers/testkit";
  private static final String PUMPS = "drivers/infusion-pumps";
  private static final String MONITORS = "drivers/patient-monitors";
  private static final String WEARABLES = "drivers/wearables";
  private static final String HL7 = "drivers/hl7v2";
  private static final String JOURNAL = "gateway/journal"; // comes with its issue
  private static final String TWIN = "gateway/twin";
  private static final String APP = "gateway/app";

  /** Modules of ours that a module may know; {@code app} knows whom it likes. */
  private static final Map<String, Set<String>> MAY_KNOW =
      Map.ofEntries(
          Map.entry(SPI, Set.of()),
          Map.entry(TESTKIT, Set.of(SPI)),
          Map.entry("drivers/transports", Set.of(SPI)),
          Map.entry("drivers/declared", Set.of(SPI)),
          Map.entry(PUMPS, Set.of(SPI)),
          Map.entry(MONITORS, Set.of(SPI)),
          Map.entry(WEARABLES, Set.of(SPI)),
          Map.entry(HL7, Set.of(SPI)),
          Map.entry("drivers/simulators", Set.of(SPI, TESTKIT, PUMPS, MONITORS, WEARABLES)),
          Map.entry(JOURNAL, Set.of(SPI)),
          Map.entry(TWIN, Set.of(SPI, JOURNAL)),
          Map.entry("gateway/runtime", Set.of(SPI, JOURNAL, TWIN)),
          Map.entry("gateway/sync", Set.of(SPI, JOURNAL, TWIN)),
          Map.entry("gateway/console", Set.of(SPI, JOURNAL, TWIN)),
          Map.entry("gateway/ditto-embedded", Set.of()));

  /** Runs the installation from outside, and is built after it. */
  private static final String BENCHMARKS = "gateway/benchmarks";

  private static JavaClasses classes;
  private static final Map<String, String> MODULE_OF = new HashMap<>();

  @BeforeAll
  static void readEveryModule() throws IOException {
    var folders = modulesWithCode().stream().map(ArchitectureTest::compiled).toList();
    classes = new ClassFileImporter().importPaths(folders);
    for (String module : modulesWithCode()) {
      for (JavaClass type : new ClassFileImporter().importPath(compiled(module))) {
        MODULE_OF.put(type.getName(), module);
      }
    }
  }

  private static List<String> modulesWithCode() throws IOException {
    return MODULE
        .matcher(Files.readString(TestInstallation.ROOT.resolve("pom.xml")))
        .results()
        .map(found -> found.group(1))
        .filter(module -> !module.equals(BENCHMARKS))
        .filter(
            module ->
                Files.isDirectory(TestInstallation.ROOT.resolve(module).resolve("src/main/java")))
        .toList();
  }

  private static Path compiled(String module) {
    var folder = TestInstallation.ROOT.resolve(module).resolve("target/classes");
    if (!Files.isDirectory(folder)) {
      throw new AssertionError(folder + " is missing; run mvn verify from the root");
    }
    return folder;
  }

  @Test
  void everyModuleIsInTheTable() throws IOException {
    assertThat(modulesWithCode()).contains(SPI, TWIN, APP).hasSizeGreaterThan(10);
    assertThat(modulesWithCode())
        .filteredOn(module -> !module.equals(APP))
        .allSatisfy(module -> assertThat(MAY_KNOW).containsKey(module));
  }

  @Test
  void aModuleKnowsOnlyThoseOfTheTable() {
    var rule = classes().should(knowOnlyModulesOfTheTable());
    rule.check(classes);
  }

  @Test
  void noTwoPackagesKnowEachOther() {
    var rule = slices().matching("io.medtwin.(**)").should().beFreeOfCycles();
    rule.check(classes);
  }

  @Test
  void whatIsInternalStaysInItsModule() {
    var rule = classes().should(knowNoInternalsOfOtherModules());
    rule.check(classes);
  }

  @Test
  void whatDeviceMakersCompileAgainstIsTheJdkAndJSpecify() {
    var rule =
        classes()
            .that()
            .resideInAPackage("io.medtwin.spi..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage("io.medtwin.spi..", "java..", "org.jspecify.annotations.."));
    rule.check(classes);
  }

  /** The plugin class loader hides everything else of ours. */
  @Test
  void aDriverSeesOfTheSpiOnlyWhatPluginsSee() {
    var rule =
        noClasses()
            .that()
            .resideInAPackage("io.medtwin.driver..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.medtwin.spi.transport..");
    rule.check(classes);
  }

  @Test
  void aDriverStartsNoThread() {
    var rule =
        noClasses()
            .that()
            .resideInAPackage("io.medtwin.driver..")
            .should()
            .callCodeUnitWhere(startsAThread());
    rule.check(classes);
  }

  /** Else what was recorded could not be played again. */
  @Test
  void aDriverMeasuresByTheTimeOfItsLink() {
    noClasses()
        .that()
        .resideInAPackage("io.medtwin.driver..")
        .should()
        .callMethod(System.class, "nanoTime")
        .check(classes);
  }

  /** Neither is on the class path of {@code medtwin run}. */
  @Test
  void onlyTheDemoKnowsSimulatorsAndTheEmbeddedDitto() {
    var rule =
        noClasses()
            .that()
            .resideOutsideOfPackages(
                "io.medtwin.app.demo..", "io.medtwin.simulator..", "io.medtwin.ditto.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "io.medtwin.app.demo..", "io.medtwin.simulator..", "io.medtwin.ditto.embedded..");
    rule.check(classes);
  }

  /** Simulators play transcripts; of the rest of the kit, and of JUnit, a demo has nothing. */
  @Test
  void simulatorsKnowOnlyTheTranscriptsOfTheTestkit() {
    var rule =
        noClasses()
            .that()
            .resideInAPackage("io.medtwin.simulator..")
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("io.medtwin.testkit..")
                    .and(
                        DescribedPredicate.not(
                            JavaClass.Predicates.belongToAnyOf(Transcript.class))));
    rule.check(classes);
  }

  /** An installation grades drivers, and has no test framework. */
  @Test
  void onlyTheContractsOfTheTestkitKnowJUnit() {
    var rule =
        noClasses()
            .that()
            .resideInAPackage("io.medtwin.testkit..")
            .and()
            .haveSimpleNameNotEndingWith("Contract")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.junit..", "org.assertj..");
    rule.check(classes);
  }

  @Test
  void codeOfDriversIsReadByOneDoor() {
    door("org.objectweb.asm..", "io.medtwin.testkit..");
  }

  @Test
  void socketsHaveTheirDoor() {
    door("io.netty..", "io.medtwin.transports.internal.netty..", "io.medtwin.ditto.embedded..");
  }

  @Test
  void mqttHasItsDoor() {
    door("org.eclipse.paho..", "io.medtwin.transports.mqtt..", "io.medtwin.simulator.mqtt..");
  }

  @Test
  void coapHasItsDoor() {
    door(
        "org.eclipse.californium..", "io.medtwin.transports.coap..", "io.medtwin.simulator.coap..");
  }

  @Test
  void hl7HasItsDoor() {
    door("ca.uhn..", "io.medtwin.driver.hl7v2.er7..");
  }

  @Test
  void serialPortsHaveTheirDoor() {
    door("com.fazecast..", "io.medtwin.transports.serial..");
  }

  @Test
  void theDittoClientHasItsDoor() {
    door("org.eclipse.ditto.client..", "io.medtwin.sync..");
    door("com.neovisionaries..", "io.medtwin.sync..");
    door("org.eclipse.ditto..", "io.medtwin.sync..", "io.medtwin.ditto.embedded.internal..");
  }

  @Test
  void theBrokerOfTheDemoHasItsDoor() {
    door("org.apache.activemq..", "io.medtwin.simulator.broker..");
  }

  @Test
  void theCommandLineHasItsDoor() {
    door("picocli..", "io.medtwin.app.command..", "io.medtwin.app.demo..");
  }

  @Test
  void theLogsBackendHasItsDoor() {
    door("ch.qos.logback..", "io.medtwin.app.log..", "io.medtwin.app.demo..");
  }

  @Test
  void metricsHaveTheirDoor() {
    door("io.micrometer..", "io.medtwin.app.metrics..");
    door("io.prometheus..", "io.medtwin.app.metrics..");
  }

  @Test
  void unitsHaveTheirDoor() {
    door("org.fhir.ucum..", "io.medtwin.twin.normalizer..");
  }

  @Test
  void csvHasItsDoor() {
    door("de.siegmar.fastcsv..", "io.medtwin.twin.vocabulary..");
  }

  @Test
  void yamlHasItsDoor() {
    door("org.snakeyaml..", "io.medtwin.twin.document..");
  }

  @Test
  void jsonHasADoorWhereItIsSpoken() {
    door(
        "com.fasterxml.jackson..",
        "io.medtwin.transports.ble..",
        "io.medtwin.simulator.ble..",
        "io.medtwin.driver.internal.json..",
        "io.medtwin.driver.senml..",
        "io.medtwin.journal.json..",
        "io.medtwin.twin.snapshot..",
        "io.medtwin.console.json..",
        "io.medtwin.app.generate..",
        "io.medtwin.app.survey..",
        "io.medtwin.app.command..");
  }

  @Test
  void theServerOfTheConsoleHasItsDoor() {
    door("org.eclipse.jetty..", "io.medtwin.console.web..");
  }

  @Test
  void passwordsHaveTheirDoor() {
    door("com.password4j..", "io.medtwin.console.access..");
  }

  @Test
  void theServerOfModelsHasItsDoor() {
    door("com.sun.net.httpserver..", "io.medtwin.app.models..");
  }

  @Test
  void storageBelongsToTheJournal() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.medtwin.journal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.sqlite..", "java.sql..")
        .check(classes);
  }

  @Test
  void onlyTheAppReadsTheClockAndTheEnvironmentOrExits() {
    var rule =
        noClasses()
            .that()
            .resideOutsideOfPackage("io.medtwin.app..")
            .should()
            .callCodeUnitWhere(reachesOutsideTheProgram());
    rule.check(classes);
  }

  /** Elsewhere it measures how long an answer takes, and is no clock on a wall. */
  @Test
  void theTwinDoesNotEvenMeasureTime() {
    var rule =
        noClasses()
            .that()
            .resideInAPackage("io.medtwin.twin..")
            .should()
            .callMethod(System.class, "nanoTime");
    rule.check(classes);
  }

  private static void door(String library, String... doors) {
    noClasses()
        .that()
        .resideOutsideOfPackages(doors)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(classes);
    // a door that nobody goes through guards nothing: the library was renamed, or is gone
    assertThat(classes)
        .as("users of %s", library)
        .anyMatch(
            type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(
                        dependency ->
                            resideInAnyPackage(library).test(dependency.getTargetClass())));
  }

  private static ArchCondition<JavaClass> knowOnlyModulesOfTheTable() {
    return new ArchCondition<>("know only modules of the table") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        var module = moduleOf(type);
        if (module == null || module.equals(APP)) {
          return;
        }
        var allowed = MAY_KNOW.getOrDefault(module, Set.of());
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          var other = moduleOf(dependency.getTargetClass());
          if (other != null && !other.equals(module) && !allowed.contains(other)) {
            events.add(
                SimpleConditionEvent.violated(
                    dependency,
                    module + " may not know " + other + ": " + dependency.getDescription()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> knowNoInternalsOfOtherModules() {
    return new ArchCondition<>("know no internals of other modules") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
          var other = dependency.getTargetClass();
          var module = moduleOf(other);
          if (module != null
              && !module.equals(moduleOf(type))
              && resideInAnyPackage("..internal..").test(other)) {
            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
          }
        }
      }
    };
  }

  /** The module a class of ours was compiled in; null for classes of others. */
  private static @Nullable String moduleOf(JavaClass type) {
    var element = type.isArray() ? type.getBaseComponentType() : type;
    return MODULE_OF.get(element.getName());
  }

  private static DescribedPredicate<JavaCall<?>> startsAThread() {
    return DescribedPredicate.describe(
        "start a thread",
        call -> {
          var owner = call.getTargetOwner();
          var name = call.getTarget().getName();
          return owner.isEquivalentTo(Thread.class)
                  && (name.startsWith("start")
                      || name.startsWith("of")
                      || name.equals(JavaConstructor.CONSTRUCTOR_NAME))
              || owner.isEquivalentTo(java.util.concurrent.Executors.class)
              || owner.isEquivalentTo(java.util.Timer.class)
              || owner.isEquivalentTo(java.util.concurrent.CompletableFuture.class)
                  && name.endsWith("Async");
        });
  }

  private static DescribedPredicate<JavaCall<?>> reachesOutsideTheProgram() {
    return DescribedPredicate.describe(
        "read a wall clock or the environment, or exit",
        call -> {
          var owner = call.getTargetOwner();
          var name = call.getTarget().getName();
          boolean clock =
              owner.getPackageName().equals("java.time")
                  && (name.equals("now") || name.startsWith("system"));
          boolean system =
              owner.isEquivalentTo(System.class)
                  && Set.of("currentTimeMillis", "getenv", "exit").contains(name);
          boolean runtime =
              owner.isEquivalentTo(Runtime.class) && Set.of("exit", "halt").contains(name);
          boolean date = owner.isEquivalentTo(java.util.Date.class);
          return clock || system || runtime || date;
        });
  }
}
