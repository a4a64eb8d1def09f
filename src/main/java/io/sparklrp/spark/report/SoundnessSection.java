package io.sparklrp.spark.report;

import io.sparklrp.report.Cell;
import io.sparklrp.report.ReportTable;
import io.sparklrp.report.Section;
import io.sparklrp.spark.output.HeldGate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Whether what follows can be believed: what is there, what is missing, and whether it adds up. */
public final class SoundnessSection {
  private SoundnessSection() {}

  /**
   * A kind of error.
   *
   * @param kind its name
   * @param rows that have it
   * @param example the message of one of them
   */
  public record Failure(String kind, long rows, String example) {}

  /**
   * What is known of an output.
   *
   * @param rows of it
   * @param failures rows with an error, by kind
   * @param truncated rows whose text was cut
   * @param tokens of all rows
   * @param residuals |residual| over the ledger's scale, by quantile
   * @param gates what its last run was held against; empty where there is no manifest
   * @param made how it was made, by name
   * @param notes what is to be known of how the model was read
   * @param mistakes how often the model is wrong; empty where nobody knows
   */
  public record Facts(
      long rows,
      List<Failure> failures,
      long truncated,
      long tokens,
      Map<String, Double> residuals,
      List<HeldGate> gates,
      Map<String, String> made,
      List<String> notes,
      Optional<String> mistakes) {
    private long failed() {
      return failures.stream().mapToLong(Failure::rows).sum();
    }
  }

  /** The section. */
  public static Section of(Facts facts) {
    List<ReportTable> tables = new ArrayList<>();
    tables.add(counts(facts));
    failures(facts).ifPresent(tables::add);
    gates(facts).ifPresent(tables::add);
    tables.add(made(facts).folded());
    List<String> sentences = new ArrayList<>();
    sentences.add(verdict(facts));
    facts.mistakes().ifPresent(sentences::add);
    sentences.add(
        "A sound run says that explanations are whole and were made as said, not that the model is right.");
    sentences.addAll(facts.notes());
    return Section.ofTables("soundness", "Is the run sound?", sentences, tables);
  }

  private static String verdict(Facts facts) {
    List<String> broken =
        facts.gates().stream().filter(gate -> !gate.passed()).map(HeldGate::name).toList();
    String said =
        String.format(
            Locale.ROOT,
            "%,d of %,d rows were explained.",
            facts.rows() - facts.failed(),
            facts.rows());
    if (facts.gates().isEmpty()) {
      return said
          + " No manifest lies beside the output, so what it was held against is not known.";
    }
    return broken.isEmpty()
        ? said + " The last run passed all its quality gates." + unbound(facts)
        : said + " The last run failed quality gates: " + String.join(", ", broken) + ".";
  }

  private static String passed(HeldGate gate) {
    if (gate.bound().isEmpty()) {
      return null;
    }
    return gate.passed() ? "yes" : "NO";
  }

  /** What was found and held against nothing, where it is something. */
  private static String unbound(Facts facts) {
    String found =
        facts.gates().stream()
            .filter(gate -> gate.bound().isEmpty() && !gate.value().equals("0"))
            .map(gate -> gate.name() + " " + gate.value())
            .collect(Collectors.joining(", "));
    return found.isEmpty() ? "" : " No bound was set for what was found here: " + found + ".";
  }

  private static ReportTable counts(Facts facts) {
    List<List<Cell>> rows = new ArrayList<>();
    rows.add(List.of(Cell.text("rows"), Cell.count(facts.rows())));
    rows.add(List.of(Cell.text("rows with an error"), Cell.count(facts.failed())));
    rows.add(List.of(Cell.text("rows whose text was cut"), Cell.count(facts.truncated())));
    rows.add(List.of(Cell.text("tokens"), Cell.count(facts.tokens())));
    facts
        .residuals()
        .forEach(
            (name, residual) ->
                rows.add(
                    List.of(
                        Cell.text(
                            "what the parts leave of the score (residual over the ledger's scale), "
                                + name),
                        Cell.number(String.format(Locale.ROOT, "%.1e", residual)))));
    return ReportTable.open("Counts", List.of("what", "how many"), rows);
  }

  private static Optional<ReportTable> failures(Facts facts) {
    return facts.failures().isEmpty()
        ? Optional.empty()
        : Optional.of(
            ReportTable.open(
                "Rows that were not explained",
                List.of("kind", "rows", "the message of one"),
                facts.failures().stream()
                    .map(
                        one ->
                            List.of(
                                Cell.text(one.kind()),
                                Cell.count(one.rows()),
                                Cell.text(one.example())))
                    .toList()));
  }

  private static Optional<ReportTable> gates(Facts facts) {
    return facts.gates().isEmpty()
        ? Optional.empty()
        : Optional.of(
            ReportTable.open(
                "Quality gates of the last run",
                List.of("gate", "found", "bound", "passed", "what it is"),
                facts.gates().stream()
                    .map(
                        gate ->
                            List.of(
                                Cell.text(gate.name()),
                                Cell.number(gate.value()),
                                Cell.number(gate.bound().isEmpty() ? "none was set" : gate.bound()),
                                Cell.text(passed(gate)),
                                Cell.text(GateMeaning.of(gate.name()))))
                    .toList()));
  }

  private static ReportTable made(Facts facts) {
    return ReportTable.open(
        "How it was made",
        List.of("what", "which"),
        facts.made().entrySet().stream()
            .map(one -> List.of(Cell.text(one.getKey()), Cell.text(one.getValue())))
            .toList());
  }
}
