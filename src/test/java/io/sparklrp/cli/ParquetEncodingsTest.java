package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No time is spent on dictionaries of numbers that hardly ever repeat. */
@ExtendWith(LocalSpark.class)
class ParquetEncodingsTest {
  /** So often that Parquet would make a dictionary of anything. */
  private static final int TIMES = 200;

  @TempDir Path directory;

  private Path explained(String... options) {
    Path input =
        LocalSpark.write(
            directory.resolve("in"),
            "id INT, text STRING, weight DOUBLE",
            IntStream.range(0, TIMES)
                .mapToObj(i -> LocalSpark.row(i, "the movie was bad", 0.5))
                .toArray(Row[]::new));
    Path output = directory.resolve("out");
    CommandRun.explain(input, output, options).done();
    return output;
  }

  /** By path of a column: whether there is a dictionary. */
  private static Map<String, Boolean> dictionaries(Path output) throws IOException {
    Map<String, Boolean> found = new TreeMap<>();
    try (Stream<Path> files = Files.list(output)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".parquet")).toList()) {
        HadoopInputFile of =
            HadoopInputFile.fromPath(
                new org.apache.hadoop.fs.Path(file.toUri()), new Configuration(false));
        try (ParquetFileReader reader = ParquetFileReader.open(of)) {
          reader
              .getFooter()
              .getBlocks()
              .forEach(block -> block.getColumns().forEach(c -> add(c, found)));
        }
      }
    }
    return found;
  }

  private static void add(ColumnChunkMetaData column, Map<String, Boolean> found) {
    boolean has = column.getEncodings().stream().anyMatch(Encoding::usesDictionary);
    found.merge(column.getPath().toDotString(), has, Boolean::logicalOr);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "lrp_"})
  void relevanceHasNoDictionaryAndWordsHave(String prefix) throws IOException {
    Map<String, Boolean> found =
        dictionaries(prefix.isEmpty() ? explained() : explained("--output-prefix", prefix));
    assertThat(found)
        .containsEntry(prefix + "tokens.list.element.relevance", false)
        .containsEntry(prefix + "tokens.list.element.token", true)
        .containsEntry(prefix + "prediction.logits.list.element", false)
        .containsEntry(prefix + "ledger.residual", false);
  }

  @Test
  void columnsOfTheInputAreWrittenAsEver() throws IOException {
    assertThat(dictionaries(explained())).containsEntry("weight", true);
  }

  @Test
  void whoeverWantsDictionariesHasThem() throws IOException {
    String option = "parquet.enable.dictionary#tokens.list.element.relevance=true";
    assertThat(dictionaries(explained("--write-option", option)))
        .containsEntry("tokens.list.element.relevance", true);
  }
}
