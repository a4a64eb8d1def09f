package io.sparklrp.spark.output;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.sparklrp.spark.tally.ErrorKind;
import io.sparklrp.spark.tally.OutputCounts;
import io.sparklrp.spark.tally.PrecisionDeviation;
import io.sparklrp.table.Provenance;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * {@code _spark_lrp/manifest.json} in the output's directory: the run in numbers. Spark's readers
 * pass it over.
 */
public final class Manifest {
  /** Where it is, in the output. */
  public static final String DIRECTORY = "_spark_lrp";

  private static final List<String> QUANTILES = List.of("median", "p90", "p99", "max");

  private final Map<String, Object> content = new LinkedHashMap<>();

  /**
   * The manifest of a run.
   *
   * @param deviation how far results are from those of float32; empty where they are those
   * @param all what the output holds, earlier runs that it was appended to included
   * @param facts what was read, when, and in what
   */
  public Manifest(
      Provenance provenance,
      ExplainSummary summary,
      Optional<PrecisionDeviation> deviation,
      OutputCounts all,
      RunFacts facts) {
    content.put("schema_version", provenance.schemaVersion());
    content.put("software_version", provenance.softwareVersion());
    content.put("run_id", provenance.runId());
    content.put("model", provenance.model());
    content.put("model_id", provenance.modelId());
    content.put("method", provenance.method());
    content.put("targets", provenance.targets());
    content.put("parameters", provenance.parameters());
    content.put("input", facts.read());
    content.put("records", records(summary));
    content.put("files_unread", summary.unread());
    content.put("output", output(all));
    content.put("ledger", ledger(summary.counts().output()));
    deviation.ifPresent(found -> content.put("deviation", found.numbers()));
    content.put("gates", summary.gates().stream().map(Gate::entry).toList());
    content.put("run", run(summary, facts));
    content.put("notes", summary.notes());
  }

  private static Map<String, Object> records(ExplainSummary summary) {
    Map<String, Object> records = new LinkedHashMap<>();
    records.put("in", summary.recordsIn() + summary.already());
    records.put("already", summary.already());
    records.put("out", summary.recordsOut());
    records.put("explained", summary.explained());
    records.put("errors", summary.errors());
    records.put("errors_by_kind", byKind(summary.failures().kept()));
    records.put("dropped", summary.dropped());
    records.put("lost", summary.counts().lost());
    records.put("lost_rows", summary.counts().lostRows());
    records.put("dropped_by_kind", byKind(summary.failures().dropped()));
    records.put("error_examples", examples(summary.failures().all()));
    if (!summary.failures().labels().isEmpty()) {
      records.put("labels", summary.failures().labels());
    }
    records.put("truncated", summary.counts().output().truncated());
    records.put("tokens", summary.tokens());
    return records;
  }

  private static Map<String, Long> byKind(List<ErrorKind> kinds) {
    Map<String, Long> counts = new LinkedHashMap<>();
    kinds.forEach(one -> counts.put(one.kind(), one.records()));
    return counts;
  }

  private static Map<String, String> examples(List<ErrorKind> kinds) {
    Map<String, String> examples = new LinkedHashMap<>();
    kinds.forEach(one -> examples.put(one.kind(), one.example()));
    return examples;
  }

  private static Map<String, Object> output(OutputCounts all) {
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("records", all.records());
    output.put("errors", all.failed());
    output.put("errors_by_kind", byKind(all.errors()));
    output.put("truncated", all.truncated());
    output.put("tokens", all.tokens());
    return output;
  }

  private static Map<String, Object> ledger(OutputCounts counts) {
    Map<String, Object> quantiles = new LinkedHashMap<>();
    for (int i = 0; i < counts.residuals().size(); i++) {
      quantiles.put(QUANTILES.get(i), counts.residuals().get(i));
    }
    return Map.of("relative_residual", quantiles);
  }

  private static Map<String, Object> run(ExplainSummary summary, RunFacts facts) {
    Map<String, Object> run = new LinkedHashMap<>(facts.times());
    run.put("seconds", summary.seconds());
    run.put("partitions", summary.partitions());
    run.put("memory_overhead_mib", summary.memoryOverheadMib());
    run.put("versions", facts.versions());
    return run;
  }

  /** Where it is in an output's directory. */
  static Path file(String directory) {
    return new Path(new Path(directory, DIRECTORY), "manifest.json");
  }

  /** Writes the manifest into an output's directory. */
  public void write(String directory, Configuration hadoop) {
    Path file = file(directory);
    ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    try (OutputStream out = file.getFileSystem(hadoop).create(file, true)) {
      out.write(json.writeValueAsBytes(content));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
