package io.sparklrp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sparklrp.cli.CommandRun;
import io.sparklrp.error.UserException;
import io.sparklrp.spark.LocalSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Spark LRP as a library: the same rows as the command's, made when they are asked for. */
@ExtendWith(LocalSpark.class)
class LibraryCallTest {
  private static final Path SENTENCES =
      Path.of(System.getProperty("sparklrp.data", "../shared/data"), "sst2_glue", "dev.tsv");

  @TempDir Path directory;

  /** Two partitions, which the command leaves as they are. */
  private Path sentences() {
    Dataset<Row> all =
        LocalSpark.session()
            .read()
            .option("header", true)
            .option("sep", "\t")
            .option("quote", "")
            .csv(SENTENCES.toString());
    Path input = directory.resolve("input");
    all.repartition(2).write().parquet(input.toString());
    return input;
  }

  @Test
  void rowsAreBitForBitTheCommands() {
    assumeTrue(Files.exists(SENTENCES), "SST-2 is not at " + SENTENCES);
    Path input = sentences();
    Path output = directory.resolve("output");
    CommandRun.of(
            "explain",
            "--model",
            "demo",
            "--input",
            input.toString(),
            "--output",
            output.toString())
        .done();
    Dataset<Row> explained =
        SparkLrp.explain(LocalSpark.read(input)).model("demo").textColumn("text").toDataset();
    List<Row> found = explained.drop("run_id").orderBy("text", "id").collectAsList();
    assertThat(found).hasSize(872);
    assertThat(found)
        .isEqualTo(LocalSpark.read(output).drop("run_id").orderBy("text", "id").collectAsList());
  }

  @Test
  void everyOptionIsTheCommands() {
    Path input =
        LocalSpark.write(
            directory.resolve("input"),
            "id string, review string",
            LocalSpark.row("a", "A film that is good."),
            LocalSpark.row("b", null));
    Path output = directory.resolve("output");
    CommandRun.of(
            "explain",
            "--model",
            "demo",
            "--input",
            input.toString(),
            "--text-column",
            "review",
            "--target",
            "0",
            "--target",
            "1",
            "--method",
            "lrp",
            "--max-length",
            "6",
            "--batch-tokens",
            "64",
            "--output-prefix",
            "x_",
            "--without",
            "words",
            "--output",
            output.toString())
        .done();
    Dataset<Row> explained =
        SparkLrp.explain(LocalSpark.read(input))
            .model("demo")
            .textColumn("review")
            .target("0")
            .target("1")
            .method("lrp")
            .maxLength(6)
            .batchTokens(64)
            .outputPrefix("x_")
            .without("words")
            .toDataset();
    assertThat(explained.drop("x_run_id").orderBy("id", "x_target.index").collectAsList())
        .isEqualTo(
            LocalSpark.read(output)
                .drop("x_run_id")
                .orderBy("id", "x_target.index")
                .collectAsList());
  }

  @Test
  void rowsCanBeAskedForAgainAndFurtherOn() {
    Dataset<Row> reviews =
        LocalSpark.table("text string", LocalSpark.row("good"), LocalSpark.row("bad"));
    Dataset<Row> explained = SparkLrp.explain(reviews).model("demo").toDataset();
    List<Row> first = explained.selectExpr("text", "explode(tokens) t").collectAsList();
    assertThat(first).hasSizeGreaterThan(2);
    assertThat(explained.selectExpr("text", "explode(tokens) t").collectAsList()).isEqualTo(first);
    assertThat(explained.where("text = 'bad'").count()).isEqualTo(1);
  }

  @Test
  void whatDoesNotFitIsRefusedAtOnce() {
    Dataset<Row> reviews = LocalSpark.table("text string", LocalSpark.row("good"));
    assertThatThrownBy(() -> SparkLrp.explain(reviews).toDataset())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("no model is named");
    assertThatThrownBy(() -> SparkLrp.explain(reviews).model("demo").textColumn("b").toDataset())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("it has no column 'b'");
    assertThatThrownBy(() -> SparkLrp.explain(reviews).without("tokens"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Use one of: logits, words, bias-by-layer");
    Dataset<Row> clash = reviews.selectExpr("text", "1 as ledger");
    assertThatThrownBy(() -> SparkLrp.explain(clash).model("demo").toDataset())
        .isInstanceOf(UserException.class)
        .hasMessageContaining("ledger");
  }
}
