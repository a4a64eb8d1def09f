package io.sparklrp.spark.output;

import static org.apache.spark.sql.functions.expr;

import io.sparklrp.error.UserException;
import io.sparklrp.table.Provenance;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Row;

/** Finds the runs that wrote an output, and how each made its rows. */
public final class WrittenRuns {
  private final ExplainedOutput output;

  private WrittenRuns(ExplainedOutput output) {
    this.output = output;
  }

  /** All runs of an output, in the order of their names. */
  public static List<WrittenRun> of(ExplainedOutput output) {
    return new WrittenRuns(output).all();
  }

  /**
   * Rows of a run that name the same method and model.
   *
   * @param file one that holds some of them; empty where it is not known
   */
  private record Part(
      String run, String method, String model, long rows, long errors, String file) {}

  private List<WrittenRun> all() {
    Map<String, List<Part>> byRun = new LinkedHashMap<>();
    for (Row row : parts()) {
      Part part =
          new Part(
              row.getString(0),
              row.getString(1),
              row.getString(2),
              row.getLong(3),
              row.getLong(4),
              row.getString(5));
      byRun.computeIfAbsent(part.run(), run -> new ArrayList<>()).add(part);
    }
    return byRun.values().stream().map(this::run).toList();
  }

  private List<Row> parts() {
    return output
        .rows()
        .selectExpr(
            output.schema().sql("run_id") + " as run",
            output.schema().sql("method") + " as method",
            output.schema().sql("model_id") + " as model",
            String.format("if(%s is null, 0L, 1L) as failed", output.schema().sql("error", "kind")),
            "input_file_name() as file")
        .groupBy("run", "method", "model")
        .agg(expr("count(1)"), expr("sum(failed)"), expr("min(file)"))
        .orderBy("run")
        .collectAsList();
  }

  private WrittenRun run(List<Part> parts) {
    String id = parts.get(0).run();
    Provenance provenance = id == null ? null : provenance(id, parts).orElse(null);
    long foreign =
        parts.stream().filter(part -> isForeign(part, provenance)).mapToLong(Part::rows).sum();
    return new WrittenRun(
        id,
        parts.stream().mapToLong(Part::rows).sum(),
        parts.stream().mapToLong(Part::errors).sum(),
        foreign,
        provenance);
  }

  /** Rows with an error name neither method nor model. */
  private static boolean isForeign(Part part, Provenance provenance) {
    boolean isAllError = part.method() == null && part.model() == null;
    if (isAllError && part.rows() == part.errors()) {
      return part.run() == null;
    }
    return part.run() == null
        || (provenance != null
            && !(Objects.equals(part.method(), provenance.method())
                && Objects.equals(part.model(), provenance.modelId())));
  }

  private Optional<Provenance> provenance(String run, List<Part> parts) {
    return output
        .manifest()
        .filter(manifest -> manifest.runId().equals(run))
        .map(StoredManifest::provenance)
        .or(() -> ofColumns(run))
        .or(() -> parts.stream().flatMap(part -> ofFile(part.file()).stream()).findFirst())
        .filter(found -> found.runId().equals(run))
        .map(this::checked);
  }

  private Optional<Provenance> ofColumns(String run) {
    return output.schema().provenance(output.rows().schema()).filter(p -> p.runId().equals(run));
  }

  private Optional<Provenance> ofFile(String file) {
    if (file == null || file.isEmpty()) {
      return Optional.empty();
    }
    try {
      return output.schema().provenance(output.columnsOf(new Path(URI.create(file)).toString()));
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      if (e instanceof AnalysisException || e instanceof IllegalArgumentException) {
        return Optional.empty(); // no file of that format: a table's
      }
      throw e;
    }
  }

  private Provenance checked(Provenance found) {
    if (found.schemaVersion() > Provenance.SCHEMA_VERSION) {
      throw new UserException(
          String.format(
              "Cannot verify %s: run %s was written by version %s, in version %d of the columns, and this knows %d."
                  + " Use a newer version.",
              output.name(),
              found.runId(),
              found.softwareVersion(),
              found.schemaVersion(),
              Provenance.SCHEMA_VERSION));
    }
    return found;
  }
}
