package io.sparklrp.spark.model;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.commit.UnitFiles;
import io.sparklrp.spark.output.OutputTable;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.spark.settings.InputSettings;
import io.sparklrp.spark.settings.OutputSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Checks paths of this machine before Spark starts, which takes seconds: what it would say itself,
 * only earlier.
 */
final class LocalPaths {
  /** Of other formats a path may be anything. */
  private static final Set<String> FILES =
      Set.of("parquet", "json", "csv", "text", "orc", "binaryFile", "image", "avro");

  private LocalPaths() {}

  static void check(ExplainSettings settings, Configuration hadoop) {
    settings.input().paths().forEach(path -> check(path, settings.input(), hadoop));
    OutputSettings output = settings.output();
    boolean mustBeNew = !settings.dryRun() && !settings.resume() && output.mode().equals("error");
    if (mustBeNew && output.path() != null && holdsSome(output.path(), hadoop)) {
      throw OutputTable.exists(output);
    }
  }

  private static void check(String path, InputSettings input, Configuration hadoop) {
    boolean isPlain =
        FILES.contains(input.format()) && path.chars().noneMatch(c -> "{}[]*?\\,".indexOf(c) >= 0);
    if (isPlain && isMissing(path, hadoop)) {
      throw new UserException(
          String.format(
              "Cannot read %s: Path does not exist: %s. Check --input, --input-format and --read-option.",
              path, qualified(path, hadoop)));
    }
  }

  private static boolean isMissing(String path, Configuration hadoop) {
    return ModelAhead.isLocal(path, hadoop) && !isThere(path, hadoop);
  }

  private static boolean isThere(String path, Configuration hadoop) {
    try {
      return ModelAhead.isLocal(path, hadoop)
          && new Path(path).getFileSystem(hadoop).exists(new Path(path));
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean holdsSome(String path, Configuration hadoop) {
    try {
      return isThere(path, hadoop) && OutputTable.holdsMore(UnitFiles.of(new Path(path), hadoop));
    } catch (IOException e) {
      return false;
    }
  }

  private static Path qualified(String path, Configuration hadoop) {
    try {
      FileSystem files = new Path(path).getFileSystem(hadoop);
      return files.makeQualified(new Path(path));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at " + path + ": " + e.getMessage(), e);
    }
  }
}
