package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables of the catalogue, in and out. The catalogue in memory ends with the session: what was
 * written is read from the warehouse's files.
 */
@ExtendWith(LocalSpark.class)
class TablesTest {
  @TempDir Path directory;

  private static void view(String name) {
    LocalSpark.table(
            "id INT, text STRING",
            LocalSpark.row(1, "the movie was bad"),
            LocalSpark.row(2, "wonderful"))
        .createOrReplaceTempView(name);
  }

  private static List<Row> stored(String table) {
    String warehouse = System.getProperty("spark.sql.warehouse.dir");
    return LocalSpark.session()
        .read()
        .parquet(warehouse + "/" + table)
        .orderBy("id")
        .selectExpr("id", "size(tokens) > 2")
        .collectAsList();
  }

  @Test
  void aViewIsReadAndATableWritten() {
    view("reviews");
    CommandRun run =
        CommandRun.explainFrom("--input-table", "reviews", "--output-table", "explained").done();
    assertThat(run.out()).contains("Explained 2 records", " to explained;");
    assertThat(stored("explained"))
        .containsExactly(LocalSpark.row(1, true), LocalSpark.row(2, true));
  }

  @Test
  void aTableThatExistsIsKeptUnlessAskedOtherwise() {
    view("more");
    LocalSpark.session().sql("create table kept using parquet as select 1 as id");
    CommandRun.explainFrom("--input-table", "more", "--output-table", "kept")
        .refused("Cannot write kept: it exists", "--mode");
  }

  @Test
  void recordsAppendedToATableAreCountedByThemselves() {
    view("first");
    Path output = directory.resolve("out");
    CommandRun.explainFrom("--input-table", "first", "--output", output.toString()).done();
    view("second");
    LocalSpark.session().catalog().createTable("grown", output.toString(), "parquet");
    CommandRun run =
        CommandRun.explainFrom(
                "--input-table", "second", "--output-table", "grown", "--mode", "append")
            .done();
    assertThat(run.out()).startsWith("Explained 2 records (0 errors, ");
    assertThat(LocalSpark.read(output).count()).isEqualTo(4);
  }

  @Test
  void aTableIsNotOverwrittenWhileItIsRead() {
    LocalSpark.session().sql("create table own using parquet as select 'the movie' as text");
    LocalSpark.session().sql("create temporary view mine as select * from own");
    for (String input : List.of("own", "mine")) {
      CommandRun.explainFrom("--input-table", input, "--output-table", "own", "--mode", "overwrite")
          .refused("Cannot overwrite own: it holds the input", "--output-table");
    }
    assertThat(LocalSpark.session().table("own").count()).isEqualTo(1);
  }

  @Test
  void aNameThatIsNoneIsRefused() {
    view("third");
    CommandRun.explainFrom("--input-table", "third", "--output-table", "no name")
        .refused("no name", "--output-table");
  }
}
