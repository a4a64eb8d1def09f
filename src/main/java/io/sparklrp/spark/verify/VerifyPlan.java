package io.sparklrp.spark.verify;

import io.sparklrp.spark.model.PreparedModel;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.output.Recipe;
import io.sparklrp.spark.output.WrittenRun;
import java.util.List;

/**
 * What is going to be looked at, all of it checked: the first step. To be closed.
 *
 * @param output the output
 * @param runs the runs that wrote it
 * @param parts its rows by how they were made
 */
record VerifyPlan(ExplainedOutput output, List<WrittenRun> runs, List<Part> parts)
    implements AutoCloseable {
  /** Copies. */
  VerifyPlan {
    runs = List.copyOf(runs);
    parts = List.copyOf(parts);
  }

  /**
   * Rows of one recipe.
   *
   * @param recipe how they were made; null where nothing says so
   * @param runs the runs that made them
   * @param model what they were made with, opened; null where none are made again
   */
  record Part(Recipe recipe, List<WrittenRun> runs, PreparedModel model) {
    /** Number of rows that can be made again. */
    long explained() {
      return runs.stream().mapToLong(run -> run.rows() - run.errors()).sum();
    }

    /** The column that names their records; null for none. */
    String idColumn() {
      WrittenRun last = runs.get(runs.size() - 1);
      return last.provenance() == null ? null : last.provenance().parameters().get("id-column");
    }
  }

  @Override
  public void close() {
    for (Part part : parts) {
      if (part.model() != null) {
        part.model().close();
      }
    }
  }
}
