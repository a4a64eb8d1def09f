package io.sparklrp.runtime;

import ai.djl.engine.Engine;

/**
 * Starts DJL's ONNX Runtime engine, offline and without telemetry. It must be the first to ask ONNX
 * Runtime for its environment: the other order disables DJL in the JVM for good.
 */
final class DjlEngine {
  static final String NAME = "OnnxRuntime";

  static {
    setIfAbsent("ai.djl.offline", "true");
    setIfAbsent("OPT_OUT_TRACKING", "true");
    setIfAbsent("ai.djl.onnx.disable_alternative", "true");
  }

  private DjlEngine() {}

  /** Starts the engine if it is not running yet. */
  static void start() {
    Engine.getEngine(NAME);
  }

  /** Sets DJL's switches, for what uses DJL without its engine (the tokenizers). */
  static void configure() {
    // The static initialiser has done it.
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
