package io.sparklrp.spark;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The records of a run: all of the input, or those that the output does not hold yet.
 *
 * @param rows the records
 * @param input all records of the input
 * @param isResumed whether they may be fewer
 */
record RecordsToDo(Dataset<Row> rows, Dataset<Row> input, boolean isResumed) {
  /**
   * Those of a run.
   *
   * @param batch what is new of the input; null for all of it
   */
  static RecordsToDo of(
      Resumption resumption, InputBatch batch, Dataset<Row> input, String targetColumn) {
    JobDescription.say(input.sparkSession().sparkContext(), "Spark LRP: look what is done already");
    Dataset<Row> rest =
        batch == null ? resumption.rest(input, targetColumn) : resumption.rest(input, batch);
    return new RecordsToDo(rest, input, rest != input);
  }

  /** How many of the input are left out, being done. */
  long already(long toDo) {
    return isResumed ? Math.max(0, input.count() - toDo) : 0;
  }
}
