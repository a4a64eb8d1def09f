package io.sparklrp.spark.resume;

import io.sparklrp.spark.input.RunInput;
import io.sparklrp.spark.job.JobDescription;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The records of a run: all of the input, or those that the output does not hold yet.
 *
 * @param rows the records
 * @param input all records of the input
 * @param isResumed whether they may be fewer
 */
public record RecordsToDo(Dataset<Row> rows, Dataset<Row> input, boolean isResumed) {
  /**
   * Those of a run.
   *
   * @param run what the run reads
   * @param targetColumn the column that names each record's target; null for none
   */
  public static RecordsToDo of(
      Resumption resumption, RunInput run, Dataset<Row> input, String targetColumn) {
    JobDescription.say(input.sparkSession().sparkContext(), "Spark LRP: look what is done already");
    Dataset<Row> rest = resumption.rest(input, run, targetColumn);
    return new RecordsToDo(rest, input, rest != input);
  }

  /** How many of the input are left out, being done. */
  public long already(long toDo) {
    return isResumed ? Math.max(0, input.count() - toDo) : 0;
  }
}
