package io.sparklrp.jar;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the jar carries is ours, or renamed to be: a program that has another version of it on its
 * class path keeps its own, and so do we.
 */
@Tag("jar")
class JarPackagesTest {
  /** Our own, and what native code looks up by name: {@code EngineLibraries} checks those. */
  private static final List<String> NAMES = List.of("io/sparklrp/", "ai/djl/", "ai/onnxruntime/");

  /** Files that are no classes, and where they are looked for. */
  private static final List<String> FILES =
      List.of(
          "META-INF/",
          "native/lib/", // DJL's tokenizers
          "nlp/", // DJL's lists of models
          "cv/",
          "GIT_COMMIT_ID", // ONNX Runtime's
          "Privacy.md",
          "ThirdPartyNotices.txt");

  private static final String SERVICES = "META-INF/services/";

  private static Set<String> entries() throws IOException {
    try (JarFile jar = new JarFile(SparkDistribution.jar().toFile())) {
      return jar.stream()
          .filter(entry -> !entry.isDirectory())
          .map(JarEntry::getName)
          .collect(toCollection(TreeSet::new));
    }
  }

  private static boolean startsWithOne(String name, List<String> starts) {
    return starts.stream().anyMatch(name::startsWith);
  }

  @Test
  void itsClassesAreOursOrRenamed() throws IOException {
    Set<String> classes = entries();
    classes.removeIf(name -> !name.endsWith(".class"));

    assertThat(classes).hasSizeGreaterThan(1000);
    assertThat(classes).allMatch(name -> startsWithOne(name, NAMES));
  }

  @Test
  void itsOtherFilesAreOursOrKnown() throws IOException {
    Set<String> files = entries();
    files.removeIf(name -> name.endsWith(".class"));

    assertThat(files).contains("META-INF/LICENSE", "META-INF/NOTICE");
    assertThat(files).allMatch(name -> startsWithOne(name, NAMES) || startsWithOne(name, FILES));
  }

  @Test
  void classesOfOtherVersionsOfJavaAreOursOrRenamed() throws IOException {
    assertThat(entries())
        .filteredOn(name -> name.startsWith("META-INF/") && name.endsWith(".class"))
        .isEmpty();
  }

  @Test
  void theServicesThatItNamesAreInIt() throws IOException {
    Set<String> entries = entries();
    try (JarFile jar = new JarFile(SparkDistribution.jar().toFile())) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().startsWith(SERVICES) && !entry.isDirectory()) {
          String listed =
              new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
          assertThat(entries).contains(file(entry.getName().substring(SERVICES.length())));
          assertThat(listed.lines().map(String::strip).filter(line -> !line.isEmpty()))
              .isNotEmpty()
              .allSatisfy(name -> assertThat(entries).contains(file(name)));
        }
      }
    }
  }

  private static String file(String className) {
    return className.replace('.', '/') + ".class";
  }
}
