package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Spark's serialiser is the cluster's business: with Kryo, which many set, and even where it takes
 * only classes that were registered, the rows are the same.
 */
@ExtendWith(LocalSpark.class)
class KryoTest {
  private static final String SERIALIZER = "spark.serializer";
  private static final String STRICT = "spark.kryo.registrationRequired";

  @TempDir Path directory;

  @Test
  void anotherSerialiserMakesNoDifference() {
    Path input =
        LocalSpark.write(
            directory.resolve("input"),
            "id string, text string",
            LocalSpark.row("a", "A film that is good."),
            LocalSpark.row("b", "A film that is bad, and long."),
            LocalSpark.row("c", null));

    LocalSpark.onThreads(2, () -> explain(input, "java"));
    System.setProperty(SERIALIZER, "org.apache.spark.serializer.KryoSerializer");
    System.setProperty(STRICT, "true");
    try {
      LocalSpark.onThreads(2, () -> explain(input, "kryo"));
    } finally {
      Stream.of(SERIALIZER, STRICT).forEach(System::clearProperty);
    }

    assertThat(rows("kryo")).hasSize(3).isEqualTo(rows("java"));
  }

  private void explain(Path input, String output) {
    CommandRun.explain(input, directory.resolve(output)).done();
  }

  private List<Row> rows(String output) {
    return LocalSpark.read(directory.resolve(output)).drop("run_id").orderBy("id").collectAsList();
  }
}
