package io.sparklrp.mutation;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * Breaks each rule in turn, runs the tests of relevance against it, and prints a Markdown table of
 * what noticed; then what packs, cuts, merges and counts, against the test that is named for each.
 * Exit code 1 if anything goes unnoticed.
 */
final class BreakRules {
  private static final double LEDGER_BOUND = 1e-4;
  private static final Path LISTS = Path.of("src/test/resources/mutation");
  private static final Path TESTS = Path.of("src/test/java");
  private static final Path WORK = Path.of("target/break-rules");

  private BreakRules() {}

  /**
   * Runs.
   *
   * @param arguments names of the classes to break; none for all
   */
  public static void main(String[] arguments) throws Exception {
    List<Mutation> mutations = chosen(List.of(arguments));
    for (String test : mutations.stream().map(Mutation::test).distinct().toList()) {
      Outcome whole = run(WORK.resolve("none"), test);
      if (whole.failed() > 0 || whole.run() == 0) {
        System.err.println(
            "Cannot break classes: tests fail with all of them whole. Mend them first.");
        System.exit(1);
      }
      System.out.printf(
          "%d tests%s; residual with all classes whole: %s%n%n",
          whole.run(), test.isEmpty() ? "" : " of " + test, whole.residual());
    }
    System.out.println("| class | what is broken | tests that fail | residual | noticed by |");
    System.out.println("|---|---|---|---|---|");
    int unnoticed = 0;
    for (int i = 0; i < mutations.size(); i++) {
      unnoticed += print(mutations.get(i), tried(mutations.get(i), i)) ? 0 : 1;
    }
    System.out.printf("%n%d of %d go unnoticed.%n", unnoticed, mutations.size());
    System.exit(unnoticed == 0 ? 0 : 1);
  }

  /** Those of the classes that are named; all where none is. */
  private static List<Mutation> chosen(List<String> names) throws IOException {
    List<Mutation> all = new ArrayList<>(Mutation.read(LISTS.resolve("rules.tsv")));
    all.addAll(Mutation.read(LISTS.resolve("engine.tsv")));
    return all.stream().filter(m -> names.isEmpty() || names.contains(m.simpleName())).toList();
  }

  private static Outcome tried(Mutation mutation, int number) throws Exception {
    Path classes = WORK.resolve(Integer.toString(number));
    Path source = mutation.write(classes);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                System.err,
                System.err,
                "-proc:none",
                "-nowarn",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                classes.toString(),
                source.toString());
    if (failed != 0) {
      throw new IllegalStateException("Cannot compile " + mutation + ". Mend the list.");
    }
    return run(classes, mutation.test());
  }

  private static Outcome run(Path classesInFront, String test)
      throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        new ArrayList<>(
            List.of(
                java,
                "-cp",
                classesInFront + File.pathSeparator + System.getProperty("java.class.path"),
                Suite.class.getName()));
    if (!test.isEmpty()) {
      command.add(className(test));
    }
    Process process =
        new ProcessBuilder(command)
            .redirectError(Files.createDirectories(WORK).resolve("errors.log").toFile())
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("Cannot run the tests: see target/break-rules/errors.log.");
    }
    return Outcome.of(out.lines().reduce("", (first, last) -> last));
  }

  private static String className(String test) throws IOException {
    String file = TESTS.relativize(Mutation.only(TESTS, test)).toString();
    return file.substring(0, file.length() - ".java".length()).replace(File.separatorChar, '.');
  }

  private static boolean print(Mutation mutation, Outcome outcome) {
    boolean byTests = outcome.failed() > 0;
    boolean byLedger = outcome.exceeds(LEDGER_BOUND);
    String by =
        byTests && byLedger ? "both" : byTests ? "tests" : byLedger ? "ledger" : "**nothing**";
    System.out.printf(
        "| `%s` | %s | %d (%s) | %s | %s |%n",
        mutation.simpleName(),
        mutation.what(),
        outcome.failed(),
        outcome.classes(),
        outcome.residual(),
        by);
    return byTests || byLedger;
  }

  /** What a run of the tests said. */
  private record Outcome(String classes, int failed, int run, String residual) {
    static Outcome of(String line) {
      String[] cells = line.split("\t", -1);
      return new Outcome(
          cells[0], Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), cells[3]);
    }

    /** Whether the residual is above a bound; a graph that cannot be compiled is no residual. */
    boolean exceeds(double bound) {
      return Character.isDigit(residual.charAt(0)) && Double.parseDouble(residual) > bound;
    }
  }
}
