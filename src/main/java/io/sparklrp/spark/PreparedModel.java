package io.sparklrp.spark;

import io.sparklrp.assembly.GraphStorage;
import io.sparklrp.assembly.ModelAssembly;
import io.sparklrp.assembly.Target;
import io.sparklrp.error.UserException;
import io.sparklrp.relevance.Method;
import io.sparklrp.runtime.ExplanationModel;
import org.apache.hadoop.conf.Configuration;

/** The model of a run and what it is asked, checked before any record is read. To be closed. */
final class PreparedModel implements AutoCloseable {
  private final ExplainSettings settings;
  private final Method method;
  private final ModelDirectory directory;
  private final GraphStorage storage;
  private final ModelAssembly assembly;
  private final Target target;
  private final int maxLength;

  /**
   * Opens a model.
   *
   * @param largestInMemory bytes of the largest graph that is no file
   * @throws UserException if the settings do not fit it
   */
  PreparedModel(
      ExplainSettings settings, Method method, Configuration hadoop, long largestInMemory) {
    this.settings = settings;
    this.method = method;
    this.directory = ModelDirectory.of(settings.model().location(), hadoop);
    this.storage = new GraphStorage(largestInMemory);
    try {
      this.assembly = ModelAssembly.open(directory.path(), settings.model().options());
      this.target = assembly.target(settings.targets());
      this.maxLength = checkedLength();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private int checkedLength() {
    Limits limits = settings.limits();
    boolean hasPair = settings.columns().pair() != null;
    boolean compares = target instanceof Target.Similarity;
    if (compares && !hasPair) {
      throw new UserException(
          "Cannot compare texts: there is no second text. Give --text-pair-column.");
    }
    int length = assembly.lengths().maxLength(limits.maxLength());
    assembly.lengths().checkLength(length, hasPair && !compares);
    if (limits.readsWindows()) {
      assembly.lengths().checkStride(limits.stride(), length, hasPair);
    }
    return length;
  }

  /** Most tokens of a record. */
  int maxLength() {
    return maxLength;
  }

  /** Whether the model reads pictures. */
  boolean readsImages() {
    return assembly.readsImages();
  }

  /** The column that names each record's target, or completes its text; null for none. */
  String targetColumn() {
    if (target instanceof Target.Completion completion) {
      return completion.column();
    }
    return target instanceof Target.Column named ? named.column() : null;
  }

  /** The model as tasks need it, compiled. */
  BroadcastModel compile() {
    Limits limits = settings.limits();
    ExplanationModel engine =
        limits.readsWindows()
            ? assembly.assembleWindows(method, target, maxLength, limits.stride(), storage)
            : assembly.assemble(method, target, maxLength, storage);
    ImageSettings images =
        assembly
            .imageProcessor()
            .map(
                processor -> new ImageSettings(processor, assembly.patchSize(), limits.maxPixels()))
            .orElse(null);
    return new BroadcastModel(
        engine,
        assembly.modelId(),
        assembly.task(),
        assembly.labels(),
        assembly.problemType(),
        target,
        assembly.resolver(target, engine),
        limits.readsWindows() ? assembly.documentRule(target, engine) : null,
        images,
        assembly.notes());
  }

  @Override
  public void close() {
    try {
      storage.close();
    } finally {
      directory.close();
    }
  }
}
