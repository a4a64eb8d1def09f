package io.sparklrp.spark.spread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.engine.OperationFunction;
import io.sparklrp.engine.OperationFunction.Term;
import io.sparklrp.error.UserException;
import io.sparklrp.explain.WorkEstimate;
import io.sparklrp.explain.input.LengthEstimate;
import io.sparklrp.spark.LocalSpark;
import io.sparklrp.spark.spread.PartitionPlan.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LocalSpark.class)
class SpreadInputTest {
  private static final OperationFunction BY_TOKENS =
      new OperationFunction(List.of(new Term(1, 1, 1, 0, 0)));
  private static final WorkEstimate TEXTS =
      new WorkEstimate(new LengthEstimate.Cut(List.of("text"), 512), BY_TOKENS, 1, 1);
  private static final WorkEstimate PICTURES =
      new WorkEstimate(new LengthEstimate.Fixed(196), BY_TOKENS, 1, 1);

  private final SparkSession session = LocalSpark.session();

  @TempDir private Path directory;

  private Path texts(int records) {
    Row[] rows =
        IntStream.range(0, records)
            .mapToObj(i -> LocalSpark.row(i, "word ".repeat(i % 9)))
            .toArray(Row[]::new);
    return LocalSpark.write(directory.resolve("in"), "id INT, text STRING", rows);
  }

  private static SpreadInput spread(Dataset<Row> rows, WorkEstimate estimate, double rate) {
    return SpreadInput.of(rows, estimate, () -> new TaskSizing(4, rate, 300));
  }

  @Test
  void tokensAreEstimatedFromTheLengthsOfBothTexts() {
    Dataset<Row> rows =
        LocalSpark.table(
            "`a.b` STRING, b STRING",
            LocalSpark.row("x".repeat(40), "y".repeat(40)),
            LocalSpark.row(null, "\uD83D\uDE00".repeat(4000)),
            LocalSpark.row(null, null));
    LengthEstimate cut = new LengthEstimate.Cut(List.of("a.b", "b"), 100);
    InputPart all = InputPart.sum(InputPart.of(rows, new WorkEstimate(cut, BY_TOKENS, 1, 1)));
    assertThat(all).isEqualTo(new InputPart(3, 22 + 100 + 2, 22 + 100 + 2, 100));
  }

  @Test
  void filesAreReadAgainAndDealt() {
    Dataset<Row> rows = LocalSpark.read(texts(100)).where("id >= 10").select("text", "id");
    try (SpreadInput input = spread(rows, TEXTS, 10)) {
      assertThat(input.kept().kept()).isNull();
      assertThat(input.plan().spread()).isEqualTo(Spread.DEALT);
      assertThat(ids(input)).containsExactlyInAnyOrderElementsOf(from(10, 100));
    }
  }

  private static List<Integer> from(int first, int end) {
    return IntStream.range(first, end).boxed().toList();
  }

  private static List<Integer> ids(SpreadInput input) {
    return input.rows().select("id").collectAsList().stream().map(row -> row.getInt(0)).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select a.* from texts a join texts b on a.id = b.id",
        "select id, max(text) as text from texts group by id",
        "select * from texts order by id desc",
        "select * from texts limit 1000",
        "select * from texts where id in (select max(id) over () - id from texts)",
        "select id, text from texts where rand(5) + id >= 0"
      })
  void whatIsMoreThanAScanIsMadeOnce(String query) {
    LocalSpark.read(texts(60)).createOrReplaceTempView("texts");
    LongAccumulator made = session.sparkContext().longAccumulator();
    session
        .udf()
        .register(
            "counted",
            (UDF1<Integer, Integer>)
                id -> {
                  made.add(1);
                  return id;
                },
            DataTypes.IntegerType);
    Dataset<Row> rows = session.sql(query).selectExpr("counted(id) as id", "text");
    try (SpreadInput input = spread(rows, TEXTS, 10)) {
      assertThat(input.plan().spread()).isIn(Spread.ROUND_ROBIN, Spread.AS_THEY_ARE);
      assertThat(ids(input)).containsExactlyInAnyOrderElementsOf(from(0, 60));
      assertThat(made.value()).isEqualTo(60);
    }
    assertThat(session.sparkContext().getPersistentRDDs().isEmpty()).isTrue();
  }

  @Test
  void manySmallFilesAreJoined() {
    LocalSpark.read(texts(200))
        .selectExpr("id", "'a text' as text")
        .repartition(40)
        .write()
        .option("maxRecordsPerFile", 1)
        .parquet(directory.resolve("many").toString());
    String bytes = session.conf().get("spark.sql.files.maxPartitionBytes");
    session.conf().set("spark.sql.files.maxPartitionBytes", "1k");
    try (SpreadInput input = spread(LocalSpark.read(directory.resolve("many")), TEXTS, 100)) {
      assertThat(input.plan().input().size()).isGreaterThan(100);
      assertThat(input.plan().spread()).isEqualTo(Spread.JOINED);
      assertThat(input.rows().rdd().getNumPartitions()).isEqualTo(4);
      assertThat(ids(input)).containsExactlyInAnyOrderElementsOf(from(0, 200));
    } finally {
      session.conf().set("spark.sql.files.maxPartitionBytes", bytes);
    }
  }

  @Test
  void picturesAreReadWhereTheyAreExplained() throws IOException {
    for (int i = 0; i < 64; i++) {
      Files.write(directory.resolve(i + ".png"), new byte[] {(byte) i});
    }
    Dataset<Row> rows = session.read().format("binaryFile").load(directory.toString());
    int before = rows.rdd().getNumPartitions();
    try (SpreadInput input = spread(rows, PICTURES, 196 * 2)) {
      assertThat(input.plan().spread()).isEqualTo(Spread.SMALLER_SPLITS);
      assertThat(input.plan().tasks()).isGreaterThan(before);
      Dataset<Row> spread = input.rows();
      assertThat(spread.queryExecution().executedPlan().toString()).doesNotContain("Exchange");
      assertThat(spread.rdd().getNumPartitions()).isEqualTo(input.plan().tasks());
      long[] found =
          spread.select("content").collectAsList().stream()
              .mapToLong(row -> ((byte[]) row.get(0))[0])
              .sorted()
              .toArray();
      assertThat(found).containsExactly(LongStream.range(0, 64).toArray());
    }
    assertThat(session.conf().get("spark.sql.files.openCostInBytes")).isNotEqualTo("1073741824");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "0", "-5", "NaN", "Infinity"})
  void aTaskOfNoTimeIsRefused(String seconds) {
    session.conf().set(TaskSizing.TASK_SECONDS, seconds);
    try {
      assertThatThrownBy(() -> TaskSizing.of(session, 1))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("Cannot make tasks of spark.sparklrp.taskSeconds=" + seconds);
      session.conf().set(TaskSizing.TASK_SECONDS, "5.5");
      assertThat(TaskSizing.of(session, 1).taskSeconds()).isEqualTo(5.5);
    } finally {
      session.conf().unset(TaskSizing.TASK_SECONDS);
    }
    assertThat(TaskSizing.of(session, 1)).isEqualTo(new TaskSizing(2, 1, 300));
  }

  @Test
  void nothingAsksHowQuickTheEngineIs() {
    Dataset<Row> none = LocalSpark.table("text STRING");
    try (SpreadInput input =
        SpreadInput.of(
            none,
            TEXTS,
            () -> {
              throw new IllegalStateException("asked");
            })) {
      assertThat(input.plan().records()).isZero();
      assertThat(input.rows().count()).isZero();
    }
  }
}
