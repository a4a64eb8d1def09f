package io.sparklrp;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A JVM of its own, with this one's class path: for what ends a JVM, or happens once in it. */
public final class ChildJvm {
  private static final Set<String> SWITCHES =
      Set.of("DJL_OFFLINE", "OPT_OUT_TRACKING", "DJL_CACHE_DIR", "ENGINE_CACHE_DIR");
  private static final List<String> PACKAGES =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.util.calendar");

  /**
   * How it ended.
   *
   * @param exitCode its exit code; -1 if it had not ended after some minutes
   * @param lines what it printed, standard output and standard error
   */
  public record Outcome(int exitCode, List<String> lines) {}

  private final List<String> command = new ArrayList<>();
  private final List<String> settings = new ArrayList<>();
  private String classPath = System.getProperty("java.class.path");

  /** One of this Java. */
  public ChildJvm() {
    this(Path.of(System.getProperty("java.home")));
  }

  /** One of another Java. */
  public ChildJvm(Path javaHome) {
    command.add(javaHome.resolve("bin/java").toString());
    command.add("-Xmx1g");
    PACKAGES.forEach(name -> command.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    command.add("-Dlog4j2.configurationFile=conf/log4j2.properties");
    command.add("-Dspark.master=local[2]");
    command.add("-Dspark.ui.enabled=false");
  }

  /** With a system property. */
  public ChildJvm with(String property, Object value) {
    command.add("-D" + property + "=" + value);
    return this;
  }

  /** With a variable in its environment. */
  public ChildJvm withVariable(String name, Object value) {
    settings.add(name + "=" + value);
    return this;
  }

  /** With a class path of its own. */
  public ChildJvm onClassPath(String other) {
    classPath = other;
    return this;
  }

  /** With something that comes first on the class path. */
  public ChildJvm after(Path first) {
    classPath = first + File.pathSeparator + classPath;
    return this;
  }

  /** Runs a class. */
  public Outcome run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    return run(main.getName(), arguments);
  }

  /** Runs a class of its class path. */
  public Outcome run(String main, String... arguments) throws IOException, InterruptedException {
    return run(process -> {}, main, arguments);
  }

  /**
   * Runs a class of its class path, and does something while it runs.
   *
   * @param meanwhile what is done, from its start on
   */
  public Outcome run(Consumer<ProcessHandle> meanwhile, String main, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("-cp", classPath, main));
    all.addAll(Arrays.asList(arguments));
    Path printed = Files.createTempFile("child", ".log");
    Process process = start(all, printed);
    boolean ended;
    try {
      meanwhile.accept(process.toHandle());
      ended = process.waitFor(4, TimeUnit.MINUTES);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly().waitFor();
    }
    List<String> lines = Files.readString(printed, StandardCharsets.UTF_8).lines().toList();
    Files.delete(printed);
    return new Outcome(ended ? process.exitValue() : -1, lines);
  }

  private Process start(List<String> all, Path printed) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(printed.toFile());
    builder.environment().keySet().removeAll(SWITCHES);
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Stream.of(settings.toArray(String[]::new))
        .map(setting -> setting.split("=", 2))
        .forEach(setting -> builder.environment().put(setting[0], setting[1]));
    Process process = builder.start();
    process.getOutputStream().close();
    return process;
  }
}
