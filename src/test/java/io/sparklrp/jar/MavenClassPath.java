package io.sparklrp.jar;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The class path of a pom beside this project's, which the Maven that runs the tests resolves: with
 * its settings, its local repository, and offline if it is. What it cannot bring skips the test.
 */
final class MavenClassPath {
  private static final String GOAL = "dependency:build-classpath";

  private MavenClassPath() {}

  /**
   * Resolves a pom.
   *
   * @param pom the pom
   * @param target where the class path is kept: Maven is asked again when the pom is newer, or a
   *     library is gone
   */
  static String of(Path pom, Path target) throws IOException, InterruptedException {
    if (!isFresh(target, pom)) {
      String home = System.getProperty("maven.home");
      assumeTrue(home != null, "needs Maven to bring " + pom + ": run mvn verify");
      run(command(Path.of(home, "bin", "mvn"), pom, target), pom);
    }
    return Files.readString(target);
  }

  private static boolean isFresh(Path target, Path pom) throws IOException {
    return Files.exists(target)
        && Files.getLastModifiedTime(target).compareTo(Files.getLastModifiedTime(pom)) > 0
        && Stream.of(Files.readString(target).strip().split(File.pathSeparator, -1))
            .allMatch(library -> Files.exists(Path.of(library)));
  }

  private static List<String> command(Path maven, Path pom, Path target) {
    List<String> command = new ArrayList<>(List.of(maven.toString(), "-B", "-q"));
    command.addAll(List.of("-Dstyle.color=never", "-Dmdep.outputFile=" + target.toAbsolutePath()));
    option("sparklrp.maven.repository", command);
    option("sparklrp.maven.settings", command);
    if ("offline=true".equals(System.getProperty("sparklrp.maven.offline"))) {
      command.add("--offline");
    }
    command.addAll(List.of("--file", pom.toString(), GOAL));
    return command;
  }

  /** An option with a path, which is left out where there is nothing. */
  private static void option(String property, List<String> command) {
    String option = System.getProperty(property, "");
    if (Files.exists(Path.of(option.substring(option.indexOf('=') + 1)))) {
      command.add(option);
    }
  }

  private static void run(List<String> command, Path pom) throws IOException, InterruptedException {
    Path printed = Files.createTempFile("maven", ".log");
    ProcessBuilder maven =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
    maven.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = maven.start();
    process.getOutputStream().close();
    boolean ended = process.waitFor(8, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();
    String said =
        Files.readString(printed, StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.matches("\\[ERROR\\] .*\\S.*"))
            .findFirst()
            .orElse("nothing");
    Files.delete(printed);
    assumeTrue(
        ended && process.exitValue() == 0, "Maven cannot bring " + pom + " and says: " + said);
  }
}
