package io.sparklrp.jar;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparklrp.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/**
 * A Spark distribution made of a class path, as far as spark-submit and the executors of a local
 * cluster need one: a directory with the libraries.
 *
 * @param home the directory
 */
public record SparkDistribution(Path home) {
  private static final String SUBMIT = "org.apache.spark.deploy.SparkSubmit";
  private static final String MAIN = "io.sparklrp.cli.Main";

  /** One in an empty directory: an empty jar whose manifest names the libraries. */
  static SparkDistribution of(Path home, String classPath) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, uris(classPath));
    Path jars = Files.createDirectories(home.resolve("jars"));
    try (OutputStream file = Files.newOutputStream(jars.resolve("class-path.jar"))) {
      new JarOutputStream(file, manifest).close();
    }
    return new SparkDistribution(home);
  }

  private static String uris(String classPath) {
    return Stream.of(classPath.strip().split(File.pathSeparator, -1))
        .map(library -> Path.of(library).toUri().toString())
        .collect(joining(" "));
  }

  /** The Spark that this project is built with. */
  public static SparkDistribution built(Path home) throws IOException {
    return of(home, Files.readString(jar().resolveSibling("embedded.classpath")));
  }

  /** The jar that was built; without one the test is skipped. */
  static Path jar() {
    String jar = System.getProperty("sparklrp.jar");
    assumeTrue(
        jar != null, "needs the jar: run mvn verify, or set -Dsparklrp.jar=target/spark-lrp.jar");
    return Path.of(jar);
  }

  /** Submits a command of the jar, with settings of Spark as {@code key=value}. */
  ChildJvm.Outcome submit(String master, List<String> settings, String... command)
      throws IOException, InterruptedException {
    return submit(driver -> {}, master, settings, command);
  }

  /** The same, and does something while it runs. */
  public ChildJvm.Outcome submit(
      Consumer<ProcessHandle> meanwhile, String master, List<String> settings, String... command)
      throws IOException, InterruptedException {
    Stream<String> options =
        Stream.concat(
            Stream.of("--master", master),
            settings.stream().flatMap(setting -> Stream.of("--conf", setting)));
    String[] arguments =
        Stream.of(options, Stream.of("--class", MAIN, jar().toString()), Stream.of(command))
            .flatMap(part -> part)
            .toArray(String[]::new);
    return new ChildJvm()
        .onClassPath(home.resolve("jars") + File.separator + "*")
        .withVariable("SPARK_HOME", home)
        .withVariable("SPARK_SCALA_VERSION", "2.13") // asked for by the launcher, and not used
        .run(meanwhile, SUBMIT, arguments);
  }
}
