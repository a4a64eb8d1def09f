package io.sparklrp.spark.model;

import io.sparklrp.error.UserException;
import io.sparklrp.spark.job.Ahead;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.spark.settings.ModelDirectory;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * A model of this machine that is opened and compiled while Spark starts, after what is cheap to
 * check of a run was checked. A model elsewhere is opened by Spark's settings, once it has started.
 * To be closed.
 */
public final class ModelAhead implements AutoCloseable {
  private final Ahead<PreparedModel> model;
  private boolean isTaken;

  private ModelAhead(Ahead<PreparedModel> model) {
    this.model = model;
  }

  /** Opens nothing ahead. */
  public static ModelAhead none() {
    return new ModelAhead(null);
  }

  /**
   * Begins.
   *
   * @throws UserException if a path of the settings is not there, or the output is
   */
  public static ModelAhead start(ExplainSettings settings) {
    SparkConf conf = new SparkConf();
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(conf);
    LocalPaths.check(settings, hadoop);
    String location = settings.model().location();
    if (!location.equals(ModelDirectory.DEMO) && !isLocal(location, hadoop)) {
      return none();
    }
    long most = PreparedModel.mostInMemory(conf);
    return new ModelAhead(
        Ahead.start(
            "the model",
            () -> {
              PreparedModel prepared = new PreparedModel(settings.request(), hadoop, most);
              prepared.compileAhead();
              return prepared;
            }));
  }

  /** Whether a path is one of this machine; where that cannot be told, Spark will. */
  static boolean isLocal(String path, Configuration hadoop) {
    try {
      return new Path(path).getFileSystem(hadoop) instanceof LocalFileSystem;
    } catch (IOException | IllegalArgumentException e) {
      return false;
    }
  }

  /** The model; empty where it was not opened ahead. Who takes it closes it. */
  public Optional<PreparedModel> take() {
    if (model == null || isTaken) {
      return Optional.empty();
    }
    isTaken = true;
    return Optional.of(model.get());
  }

  /** Waits for a model that nobody takes, and closes it. */
  @Override
  public void close() {
    if (model != null && !isTaken) {
      isTaken = true;
      try {
        model.get().close();
      } catch (RuntimeException e) {
        // nobody asked for it
      }
    }
  }
}
