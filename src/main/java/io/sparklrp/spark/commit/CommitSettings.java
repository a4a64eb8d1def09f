package io.sparklrp.spark.commit;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** By which settings of a write each task's files are committed by themselves. */
public final class CommitSettings {
  private static final String PARQUET = "spark.sql.parquet.output.committer.class";
  private static final String OTHERS = "spark.sql.sources.outputCommitterClass";
  private static final String PROTOCOL = "spark.sql.sources.commitProtocolClass";
  private static final String OVERWRITE = "spark.sql.sources.partitionOverwriteMode";
  private static final String ALGORITHM = "mapreduce.fileoutputcommitter.algorithm.version";

  /** Formats whose files Spark writes itself; tables have a way of their own. */
  private static final Set<String> FILES = Set.of("parquet", "orc", "json", "avro", "xml", "text");

  private CommitSettings() {}

  /**
   * Options of a writer. None where the format is that of tables, or where somebody has chosen
   * another way for this cluster, as object stores ask for: then all is committed at the end.
   *
   * @param mode of the write: what replaces some partitions only is put in place at the end
   */
  public static Map<String, String> of(SparkSession session, String format, String mode) {
    boolean isOfFiles = FILES.contains(format.toLowerCase(Locale.ROOT));
    return isOfFiles && !isChosen(session) && !replacesPartitions(session, mode)
        ? settings()
        : Map.of();
  }

  private static boolean isChosen(SparkSession session) {
    return isSet(session, PARQUET) || isSet(session, OTHERS) || isSet(session, PROTOCOL);
  }

  private static boolean isSet(SparkSession session, String key) {
    return session.conf().get(key, null) != null;
  }

  private static boolean replacesPartitions(SparkSession session, String mode) {
    return mode.equals("overwrite")
        && session.conf().get(OVERWRITE, "static").equalsIgnoreCase("dynamic");
  }

  private static Map<String, String> settings() {
    Map<String, String> options = new HashMap<>();
    options.put(PARQUET, UnitCommitter.class.getName());
    options.put(OTHERS, UnitCommitter.class.getName());
    options.put(ALGORITHM, "2"); // what the job's end must not do again
    return options;
  }
}
