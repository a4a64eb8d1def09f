package io.sparklrp.mutation;

import io.sparklrp.assembly.Compilation;
import io.sparklrp.forward.Architectures;
import io.sparklrp.graph.ModelGraph;
import io.sparklrp.oracle.DoubleExplanation;
import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.Method;
import io.sparklrp.relevance.RuleSet;
import io.sparklrp.relevance.TargetSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs the tests of relevance and looks at the ledger, in a process whose class path may hold a
 * broken rule. Prints one line: classes whose tests failed, number of failed tests, largest
 * residual.
 */
final class Suite {
  private Suite() {}

  /** Runs. */
  public static void main(String[] arguments) {
    Failures failures = new Failures();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(DiscoverySelectors.selectPackage("io.sparklrp.relevance"))
            .build();
    LauncherFactory.create().execute(request, failures);
    System.out.printf(
        "%s\t%d\t%d\t%s%n",
        String.join(", ", failures.classes), failures.failed, failures.run, residual());
  }

  /**
   * The largest residual of the golden model under the conservative methods, or what went wrong.
   */
  private static String residual() {
    try {
      GoldenFixture fixture = GoldenFixture.of("bert-seqcls");
      ModelGraph model = Architectures.build(fixture.checkpoint()).model();
      double largest = 0;
      for (Method method : List.of(Method.LRP, Method.LRP_STAY)) {
        CompiledRelevance compiled =
            Compilation.compile(
                model, RuleSet.of(method), TargetSource.PREDICTED, LedgerDetail.LAYER);
        for (GoldenFixture.GoldenRecord record : fixture.records()) {
          DoubleExplanation explained = DoubleExplanation.of(compiled, null, List.of(record.ids()));
          largest = Math.max(largest, Math.abs(explained.residual(0)) / explained.scale(0));
        }
      }
      return String.format(Locale.ROOT, "%.1e", largest);
    } catch (RuntimeException | AssertionError e) {
      return "does not compile";
    }
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
