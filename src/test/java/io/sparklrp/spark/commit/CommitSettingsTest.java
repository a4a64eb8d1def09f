package io.sparklrp.spark.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks commit their files themselves, unless the cluster or the write has another way. */
@ExtendWith(LocalSpark.class)
class CommitSettingsTest {
  private final SparkSession session = LocalSpark.session().newSession();

  private Map<String, String> of(String format, String mode) {
    return CommitSettings.of(session, format, mode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "orc", "json", "Parquet"})
  void filesAreCommittedByTheirTasks(String format) {
    assertThat(of(format, "error")).containsValue(UnitCommitter.class.getName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"delta", "iceberg", "jdbc"})
  void tablesHaveAWayOfTheirOwn(String format) {
    assertThat(of(format, "append")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "spark.sql.parquet.output.committer.class, org.apache.parquet.hadoop.ParquetOutputCommitter",
    "spark.sql.sources.outputCommitterClass, org.apache.hadoop.mapreduce.lib.output.FileOutputCommitter",
    "spark.sql.sources.commitProtocolClass, org.apache.spark.internal.io.HadoopMapReduceCommitProtocol"
  })
  void aClustersOwnCommitterIsLeftToItsWork(String setting, String committer) {
    session.conf().set(setting, committer);
    assertThat(of("parquet", "error")).isEmpty();
  }

  @Test
  void partitionsThatAreReplacedArePutInPlaceAtTheEnd() {
    session.conf().set("spark.sql.sources.partitionOverwriteMode", "DYNAMIC");
    assertThat(of("parquet", "overwrite")).isEmpty();
    assertThat(of("parquet", "append")).isNotEmpty();
  }
}
