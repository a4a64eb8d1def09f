package io.sparklrp.mutation;

import io.sparklrp.compile.Compilation;
import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.graph.pass.OutputRows;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.oracle.DoubleExplanation;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.oracle.GoldenInputs;
import io.sparklrp.oracle.GraphMethods;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.TargetSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of relevance and looks at the ledger, or runs a test class, in a process whose
 * class path may hold a broken class. Prints one line: classes whose tests failed, number of failed
 * tests, number of tests, largest residual.
 */
final class Suite {
  /** One of each kind: what the rules of all kinds of nodes take part in. */
  private static final List<String> FIXTURES =
      List.of("bert-seqcls", "deberta-v2-seqcls", "llama-clm", "modernbert-seqcls", "vit-imgcls");

  private static final String GOLDEN = "io.sparklrp.relevance.GoldenRelevanceTest";
  private static final String METHOD = "io.sparklrp.method.Method";

  /** Classes that go through all fixtures, which takes a minute. */
  private static final String MANY = ".*\\.(GoldenRelevanceTest|RandomCheckpointTest)";

  private Suite() {}

  /**
   * Runs.
   *
   * @param arguments a test class; none for the tests of relevance
   */
  public static void main(String[] arguments) {
    Failures failures = new Failures();
    if (arguments.length > 0) {
      DiscoverySelector test = DiscoverySelectors.selectClass(arguments[0]);
      run(failures, LauncherDiscoveryRequestBuilder.request().selectors(test));
      print(failures, "-");
      return;
    }
    run(
        failures,
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectPackage("io.sparklrp.relevance"))
            .filters(ClassNameFilter.excludeClassNamePatterns(MANY)));
    run(failures, LauncherDiscoveryRequestBuilder.request().selectors(ofFixtures()));
    print(failures, residual());
  }

  private static void print(Failures failures, String residual) {
    System.out.printf(
        "%s\t%d\t%d\t%s%n",
        String.join(", ", failures.classes), failures.failed, failures.run, residual);
  }

  private static void run(Failures failures, LauncherDiscoveryRequestBuilder request) {
    LauncherFactory.create().execute(request.build(), failures);
  }

  /** Of the golden tests what is about a few fixtures. */
  private static List<DiscoverySelector> ofFixtures() {
    List<String> names = GoldenFixture.names();
    int methods = GraphMethods.all().size() + 1; // and attention-flow
    int[] fixtures = FIXTURES.stream().mapToInt(names::indexOf).toArray();
    int[] cases =
        IntStream.of(fixtures)
            .flatMap(fixture -> IntStream.range(fixture * methods, (fixture + 1) * methods))
            .toArray();
    return List.of(
        iterations("relevanceAndLedgerAreTheReferences", "java.lang.String, " + METHOD, cases),
        iterations("ledgerByParameterIsTheReference", "java.lang.String", fixtures));
  }

  private static DiscoverySelector iterations(String name, String parameters, int... which) {
    return DiscoverySelectors.selectIteration(
        DiscoverySelectors.selectMethod(GOLDEN, name, parameters), which);
  }

  /**
   * The largest residual of a few golden models under the conservative methods, or what went wrong.
   */
  private static String residual() {
    try {
      double largest = 0;
      for (String name : FIXTURES) {
        largest = Math.max(largest, residual(GoldenFixture.of(name)));
      }
      return String.format(Locale.ROOT, "%.1e", largest);
    } catch (RuntimeException | AssertionError e) {
      return "does not compile";
    }
  }

  private static double residual(GoldenFixture fixture) {
    ModelGraph model = Architectures.build(fixture.checkpoint()).model();
    if (fixture.records().get(0).row().isPresent()) {
      model = OutputRows.select(model, Dim.of(1));
    }
    double largest = 0;
    for (Method method : List.of(Methods.LRP, Methods.LRP_STAY)) {
      CompiledRelevance compiled =
          Compilation.compile(model, method, TargetSource.SEED, LedgerDetail.LAYER);
      for (GoldenFixture.GoldenRecord record : fixture.records()) {
        DoubleExplanation explained =
            DoubleExplanation.of(compiled, GoldenInputs.of(compiled.graph(), record));
        largest = Math.max(largest, Math.abs(explained.residual(0)) / explained.scale(0));
      }
    }
    return largest;
  }

  /** Counts what fails. */
  private static final class Failures implements TestExecutionListener {
    private final Set<String> classes = new TreeSet<>();
    private int failed;
    private int run;

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest()) {
        run++;
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
          failed++;
          test.getSource().map(Failures::className).ifPresent(classes::add);
        }
      }
    }

    private static String className(TestSource source) {
      String name =
          source instanceof MethodSource method ? method.getClassName() : source.toString();
      return name.substring(name.lastIndexOf('.') + 1);
    }
  }
}
