package io.sparklrp.cli;

import io.sparklrp.compile.ModelAssembly;
import io.sparklrp.compile.SelfTest;
import io.sparklrp.engine.EngineSessions;
import io.sparklrp.method.Method;
import io.sparklrp.relevance.RuleTable;
import io.sparklrp.spark.settings.ModelDirectory;
import io.sparklrp.spark.settings.ModelSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code check-model}: which rule a method uses at each node of a model, and a numeric self-test.
 */
@Command(
    name = "check-model",
    description =
        "Prints which rule a method uses at each operator of a model, and tests it in numbers.",
    sortOptions = false)
final class CheckModelCommand implements Callable<Integer> {
  @SuppressWarnings("UnusedVariable") // its options are read by name
  @Mixin
  private CommonOptions common;

  @Spec private CommandSpec spec;

  @Mixin private ModelChoice choice;

  @Mixin private MethodChoice method;

  @Option(
      names = "--plan",
      description = "Print instead what is done to the model's graph, pass by pass.")
  private boolean plan;

  @Override
  public Integer call() {
    Method known = method.method();
    JavaVersion.check();
    ModelSettings model = choice.settings();
    try (ModelDirectory directory = ModelDirectory.of(model.location(), hadoop())) {
      ModelAssembly assembly = ModelAssembly.open(directory.path(), model.options());
      assembly.notes().forEach(out()::println);
      if (plan) {
        assembly.plan(known).lines().forEach(out()::println);
        return ExitCode.DONE;
      }
      RuleTable table = known.ruleTable(assembly.forward());
      print(table);
      return missing(table) ? ExitCode.USAGE : selfTest(assembly, known);
    } finally {
      EngineSessions.ofJvm().closeIdle();
    }
  }

  /** As a Spark context makes it of its settings, without starting one. */
  private static Configuration hadoop() {
    return SparkHadoopUtil.get().newConfiguration(new SparkConf());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private void print(RuleTable table) {
    int node = width(table.rows().stream().map(RuleTable.Row::node).toList());
    int op = width(table.rows().stream().map(RuleTable.Row::op).toList());
    String format = "%-" + node + "s  %-" + op + "s  %-17s  %s%n";
    out().printf(format, "node", "operator", "kind", "rule of " + method.id());
    for (RuleTable.Row row : table.rows()) {
      out().printf(format, row.node(), row.op(), row.kind().words(), row.rule().orElse("NONE"));
    }
  }

  private static int width(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(1);
  }

  private boolean missing(RuleTable table) {
    List<RuleTable.Row> without =
        table.rows().stream().filter(row -> row.rule().isEmpty()).toList();
    without.forEach(
        row ->
            spec.commandLine()
                .getErr()
                .printf(
                    "spark-lrp: Cannot explain node %s: operator %s has no rule.%n",
                    row.node(), row.op()));
    return !without.isEmpty();
  }

  private int selfTest(ModelAssembly assembly, Method known) {
    SelfTest.Result result = SelfTest.run(assembly, known);
    out().println();
    result.lines().forEach(out()::println);
    return result.passed() ? ExitCode.DONE : ExitCode.QUALITY;
  }
}
