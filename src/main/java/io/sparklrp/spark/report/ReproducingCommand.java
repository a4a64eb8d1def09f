package io.sparklrp.spark.report;

import io.sparklrp.spark.output.Recipe;
import io.sparklrp.table.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command that makes an output again, its input and output left to be filled in. */
final class ReproducingCommand {
  /** Parameters that are said in another way, or by the machine. */
  private static final List<String> NO_OPTIONS = List.of("target", "weight-bits");

  private ReproducingCommand() {}

  /**
   * The command.
   *
   * @param made how the output was made
   * @param derived columns that were added to the input, in SQL
   */
  static String of(Provenance made, Map<String, String> derived) {
    List<String> options = new ArrayList<>();
    options.add(option("model", made.model()));
    options.add("--input INPUT --output OUTPUT");
    derived.forEach((name, sql) -> options.add(option("with-column", name + "=" + sql)));
    options.add(option("method", made.method()));
    made.parameters()
        .forEach(
            (name, value) -> {
              if (!NO_OPTIONS.contains(name)) {
                options.add(option(name, value));
              }
            });
    Recipe.of(made).targets().forEach(target -> options.add(option("target", target)));
    return "scripts/spark-lrp explain " + String.join(" ", options);
  }

  private static String option(String name, String value) {
    return "--" + name + " " + ShellWord.of(value);
  }
}
