package io.sparklrp.engine;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;

/** How ONNX Runtime runs: one thread a call, since Spark's tasks are the parallel work. */
public final class SessionSettings {
  private static final String DISABLED_OPTIMISERS = "optimization.disable_specified_optimizers";

  /**
   * ONNX Runtime joins a sum and a LayerNorm into one operator, and loses the LayerNorm's
   * InvStdDev, which the relevance pass reads.
   */
  private static final String SKIP_LAYER_NORM = "SkipLayerNormFusion";

  private SessionSettings() {}

  /**
   * Options for a session, to be closed once it is made: one thread, every graph optimisation, and
   * no memory pattern (batches differ in shape; a pattern is one large block that is mapped anew
   * each run, seen to cost a fifth). Errors are not logged, but thrown: their words may hold what a
   * record holds.
   */
  public static OrtSession.SessionOptions create() throws OrtException {
    OrtSession.SessionOptions options = ofForwardPass();
    options.addConfigEntry(DISABLED_OPTIMISERS, SKIP_LAYER_NORM);
    return options;
  }

  /** The same for a graph whose LayerNorms are asked for nothing but their result. */
  public static OrtSession.SessionOptions ofForwardPass() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setMemoryPatternOptimization(false);
    return options;
  }
}
