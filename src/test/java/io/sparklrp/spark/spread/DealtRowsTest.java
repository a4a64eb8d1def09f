package io.sparklrp.spark.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.engine.OperationFunction;
import io.sparklrp.engine.OperationFunction.Term;
import io.sparklrp.explain.WorkEstimate;
import io.sparklrp.explain.input.LengthEstimate;
import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalSpark.class)
class DealtRowsTest {
  private static final WorkEstimate SQUARE =
      new WorkEstimate(
          new LengthEstimate.Cut(List.of("a.text"), 512),
          new OperationFunction(List.of(new Term(100, 1, 1, 0, 0), new Term(1, 1, 2, 0, 0))),
          1,
          1);

  @TempDir private Path directory;

  /** Texts of lengths that differ, in several files. */
  private Dataset<Row> texts(int records, long seed) {
    Random random = new Random(seed);
    Row[] rows =
        IntStream.range(0, records)
            .mapToObj(
                i ->
                    LocalSpark.row(
                        i,
                        random.nextInt(20) == 0
                            ? null
                            : "x".repeat((int) (100 * Math.exp(random.nextGaussian())))))
            .toArray(Row[]::new);
    LocalSpark.table("id INT, `a.text` STRING", rows)
        .repartition(3)
        .write()
        .parquet(directory.resolve("in").toString());
    return LocalSpark.read(directory.resolve("in"));
  }

  private static List<Row> placed(Dataset<Row> rows) {
    return rows.withColumn("placed", functions.spark_partition_id()).collectAsList();
  }

  @Test
  void everyTaskHasTheSameWorkAndEveryRecordIsThereOnce() {
    Dataset<Row> rows = texts(3000, 1);
    List<InputPart> parts = InputPart.of(rows, SQUARE);
    double all = InputPart.sum(parts).operations();
    Dataset<Row> dealt = new DealtRows(SQUARE, parts, 7).of(rows);
    assertThat(dealt.schema()).isEqualTo(rows.schema());
    assertThat(dealt.rdd().getNumPartitions()).isEqualTo(7);
    double[] works = new double[7];
    List<Integer> ids = new ArrayList<>();
    for (Row row : placed(dealt)) {
      works[row.getInt(2)] += SQUARE.operations(row.isNullAt(1) ? 0 : row.getString(1).length());
      ids.add(row.getInt(0));
    }
    assertThat(ids).containsExactlyInAnyOrderElementsOf(IntStream.range(0, 3000).boxed().toList());
    assertThat(works).as("%s", Arrays.toString(works)).hasSize(7);
    for (double work : works) {
      assertThat(work).isCloseTo(all / 7, within(.1 * all / 7));
    }
  }

  /** A task that is made again gets the same records, whatever became of others. */
  @Test
  void aRecordGoesToTheSameTaskAgain() {
    Dataset<Row> rows = texts(500, 2);
    List<InputPart> parts = InputPart.of(rows, SQUARE);
    List<Row> once = placed(new DealtRows(SQUARE, parts, 5).of(rows));
    List<Row> again = placed(new DealtRows(SQUARE, parts, 5).of(rows));
    assertThat(again).containsExactlyInAnyOrderElementsOf(once);
  }

  /** An input that changed since it was looked at is dealt worse, and whole all the same. */
  @Test
  void nothingIsLostOfAnInputThatGrew() {
    Dataset<Row> rows = texts(400, 3);
    List<InputPart> parts = List.of(new InputPart(10, 100, 1e4, 1e3));
    assertThat(new DealtRows(SQUARE, parts, 4).of(rows).count()).isEqualTo(400);
  }

  @Test
  void everyTaskHasAKeyThatSparkTakesToIt() {
    for (int tasks : new int[] {1, 2, 3, 17, 1000, 100_000}) {
      assertThat(DealtRows.keys(tasks)).hasSize(tasks).doesNotHaveDuplicates();
    }
    int[] keys = DealtRows.keys(11);
    List<Row> rows =
        IntStream.range(0, 11).mapToObj(task -> LocalSpark.row(task, keys[task])).toList();
    Dataset<Row> spread =
        LocalSpark.table("task INT, key INT", rows.toArray(Row[]::new))
            .repartition(11, functions.col("key"));
    placed(spread).forEach(row -> assertThat(row.getInt(2)).isEqualTo(row.getInt(0)));
  }
}
