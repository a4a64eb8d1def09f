package io.sparklrp.spark.show;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.job.JobDescription;
import io.sparklrp.spark.job.SparkMessage;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.settings.InputSettings;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Reads some rows of an output of {@code explain}, with the texts that they are about. */
public final class ShowAction {
  private final SparkSession session;
  private final InputSettings settings;
  private final List<String> order;

  /**
   * A run that has not begun.
   *
   * @param settings the output, which of its rows, and how many
   * @param order SQL expressions that rows are ordered by, each of which may end in ASC or DESC;
   *     none for the order in which they lie
   */
  public ShowAction(SparkSession session, InputSettings settings, List<String> order) {
    this.session = session;
    this.settings = settings;
    this.order = List.copyOf(order);
  }

  /**
   * The rows.
   *
   * @throws UserException if the output cannot be read, is none, or has no such columns
   */
  public List<ShownRow> rows() {
    return JobDescription.putBackAfter(session.sparkContext(), this::found);
  }

  private List<ShownRow> found() {
    ShownRows all = ShownRows.of(ExplainedOutput.open(session, settings));
    JobDescription.say(session.sparkContext(), "Spark LRP: show rows of an output");
    return chosen(all.rows()).collectAsList().stream().map(all::shown).toList();
  }

  private Dataset<Row> chosen(Dataset<Row> rows) {
    try {
      Dataset<Row> chosen =
          RowOrder.apply(settings.where() == null ? rows : rows.where(settings.where()), order);
      return settings.limit() == null ? chosen : chosen.limit(settings.limit());
    } catch (Exception e) { // AnalysisException is checked, but Scala does not declare it
      if (e instanceof AnalysisException) {
        throw new UserException(
            String.format(
                "Cannot choose rows of %s: %s. Check --where and --order-by.",
                settings.name(), SparkMessage.of(e)),
            e);
      }
      throw e;
    }
  }
}
