package io.sparklrp.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;

/** How ONNX Runtime runs: one thread a call, since Spark's tasks are the parallel work. */
public final class SessionSettings {
  private SessionSettings() {}

  /**
   * Options for a session, to be closed once it is made: one thread, every graph optimisation, and
   * no memory pattern (batches differ in shape; a pattern is one large block that is mapped anew
   * each run, seen to cost a fifth).
   */
  public static OrtSession.SessionOptions create() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    options.setInterOpNumThreads(1);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setMemoryPatternOptimization(false);
    return options;
  }
}
