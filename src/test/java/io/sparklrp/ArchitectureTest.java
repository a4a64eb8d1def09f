package io.sparklrp;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Who may know whom. A new package gets its line in {@link #MAY_USE}. */
@AnalyzeClasses(packages = "io.sparklrp", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /** What other programs call; nothing below it may know it. */
  private static final String LIBRARY = "io.sparklrp";

  /** What each of our packages may use of our others. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("error", Set.of()),
          Map.entry("files", Set.of("error")),
          Map.entry("graph", Set.of()),
          Map.entry("record", Set.of("error")),
          Map.entry("model", Set.of("error")),
          Map.entry("checkpoint", Set.of("graph", "files", "error")),
          Map.entry("forward", Set.of("graph", "checkpoint", "model", "error")),
          Map.entry("relevance", Set.of("graph", "error")),
          Map.entry("method", Set.of("graph", "relevance", "model", "error")),
          Map.entry("onnx", Set.of("graph", "files", "error")),
          Map.entry("image", Set.of("checkpoint", "error")),
          Map.entry("engine", Set.of("record", "model", "error")),
          Map.entry("attribution", Set.of("record", "model", "error")),
          Map.entry("table", Set.of("attribution")),
          Map.entry("evaluation", Set.of()),
          Map.entry("chart", Set.of()),
          Map.entry("report", Set.of("attribution")),
          Map.entry(
              "explain",
              Set.of("record", "model", "engine", "attribution", "evaluation", "image", "error")),
          Map.entry(
              "compile",
              Set.of(
                  "graph",
                  "checkpoint",
                  "forward",
                  "relevance",
                  "method",
                  "onnx",
                  "record",
                  "model",
                  "engine",
                  "explain",
                  "image",
                  "error")),
          Map.entry(
              "spark",
              Set.of(
                  "compile",
                  "explain",
                  "record",
                  "model",
                  "engine",
                  "method",
                  "checkpoint",
                  "attribution",
                  "evaluation",
                  "chart",
                  "report",
                  "table",
                  "image",
                  "error")),
          Map.entry(
              "cli",
              Set.of(
                  "graph",
                  "checkpoint",
                  "forward",
                  "relevance",
                  "method",
                  "onnx",
                  "model",
                  "engine",
                  "compile",
                  "attribution",
                  "evaluation",
                  "table",
                  "spark",
                  "error")));

  @ArchTest
  static void packagesUseOnlyWhatTheyMay(JavaClasses ours) {
    MAY_USE.forEach((user, used) -> mayUse(user, used).check(ours));
  }

  private static ArchRule mayUse(String user, Set<String> used) {
    String[] allowed =
        Stream.concat(Stream.of(user), used.stream())
            .map(ArchitectureTest::ours)
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(ours(user))
        .should()
        .dependOnClassesThat(
            resideInAPackage("io.sparklrp..").and(not(resideInAnyPackage(allowed))))
        .as(user + " may use only: " + used.stream().sorted().collect(joining(", ")));
  }

  @ArchTest
  static final ArchRule everyPackageIsKnownHere =
      classes()
          .should()
          .resideInAnyPackage(
              Stream.concat(
                      Stream.of(LIBRARY), MAY_USE.keySet().stream().map(ArchitectureTest::ours))
                  .toArray(String[]::new))
          .as("every package has its line in MAY_USE");

  @ArchTest
  static final ArchRule theLibraryOnlyCallsTheJobs =
      noClasses()
          .that()
          .resideInAPackage(LIBRARY)
          .should()
          .dependOnClassesThat(
              resideInAPackage("io.sparklrp..")
                  .and(not(resideInAnyPackage(LIBRARY, ours("spark")))))
          .as("what other programs call may use only: spark");

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("io.sparklrp.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule jobsHaveNoCycles =
      slices().matching("io.sparklrp.spark.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule everyClassOfTheJobsIsInOneOfTheirPackages =
      noClasses()
          .that()
          .doNotHaveSimpleName("package-info")
          .should()
          .resideInAPackage("io.sparklrp.spark")
          .because("a room without a purpose gets crowded");

  @ArchTest
  static final ArchRule onlyOnnxSeesProtobuf =
      seenOnlyIn(Set.of("onnx"), "com.google.protobuf..", "ai.onnx..");

  @ArchTest
  static final ArchRule onlyTheEngineSeesItsLibraries =
      seenOnlyIn(Set.of("engine"), "ai.djl..", "ai.onnxruntime..");

  @ArchTest
  static final ArchRule onlySparkTableAndCliSeeSpark =
      seenOnlyIn(Set.of("", "spark", "table", "cli"), "org.apache.spark..", "org.apache.hadoop..");

  @ArchTest
  static final ArchRule onlyTheReportSeesTemplates = seenOnlyIn(Set.of("report"), "gg.jte..");

  @ArchTest static final ArchRule onlyCliSeesPicocli = seenOnlyIn(Set.of("cli"), "picocli..");

  @ArchTest
  static final ArchRule nobodySeesScala =
      seenOnlyIn(Set.of(), "scala..").because("one jar runs on Scala 2.12 and 2.13");

  private static ArchRule seenOnlyIn(Set<String> users, String... packages) {
    return noClasses()
        .that(
            not(
                resideInAnyPackage(
                    users.stream().map(ArchitectureTest::ours).toArray(String[]::new))))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .as("only " + users + " may see " + String.join(", ", packages));
  }

  @ArchTest
  static final ArchRule onlyCliEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage(ours("cli"))
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class)
          .because("the command line alone turns exceptions into exit codes");

  @ArchTest
  static final ArchRule namesSayWhatAClassIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Helper|Helpers|Manager|Util|Utils|Utilities)(\\$.*)?")
          .because("such a name says nothing");

  /** Read from the sources: the compiler leaves no class for a package-info without annotations. */
  @ArchTest
  static void everyPackageSaysWhatBelongsInIt(JavaClasses ours) throws IOException {
    Path sources = Path.of("src", "main", "java", "io", "sparklrp");
    try (Stream<Path> files = Files.walk(sources)) {
      List<Path> silent =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .distinct()
              .filter(directory -> Files.notExists(directory.resolve("package-info.java")))
              .toList();
      assertThat(silent).as("packages without package-info.java").isEmpty();
    }
  }

  private static String ours(String name) {
    return name.isEmpty() ? LIBRARY : "io.sparklrp." + name + "..";
  }
}
