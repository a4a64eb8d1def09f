package io.sparklrp.engine;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import io.sparklrp.error.UserException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts DJL's ONNX Runtime engine, offline and without telemetry. It must be the first to ask ONNX
 * Runtime for its environment: the other order disables DJL in the JVM for good.
 */
final class DjlEngine {
  static final String NAME = "OnnxRuntime";

  private static final Map<String, UserException> FAILED = new ConcurrentHashMap<>();

  static {
    setIfAbsent("ai.djl.offline", "true");
    setIfAbsent("OPT_OUT_TRACKING", "true");
    setIfAbsent("ai.djl.onnx.disable_alternative", "true");
  }

  private DjlEngine() {}

  /**
   * Starts the engine if it is not running yet.
   *
   * @throws UserException if its native libraries do not load, or are another's
   */
  static void start() {
    load("the engine", DjlEngine::startEngine);
  }

  private static void startEngine() {
    EngineLibraries.checkDjl();
    Engine.getEngine(NAME);
    EngineLibraries.checkOnnxRuntime();
  }

  /**
   * Sets DJL's switches, for what uses DJL without its engine: the tokenizers, whose native library
   * is loaded.
   *
   * @throws UserException if it does not load, or is another's
   */
  static void configure() {
    load("tokenizers", DjlEngine::loadTokenizers);
  }

  private static void loadTokenizers() {
    EngineLibraries.checkDjl();
    LibUtils.checkStatus();
  }

  /** What has failed once fails for good, but only the first time with its reason. */
  private static void load(String library, Runnable loader) {
    if (FAILED.containsKey(library)) {
      throw FAILED.get(library);
    }
    try {
      loader.run();
    } catch (IncompatibleClassChangeError e) { // DJL's own parts fit each other
      throw EngineLibraries.unfitOnnxRuntime(e);
    } catch (EngineException | LinkageError e) {
      FAILED.put(library, NativeLibraries.refused(e));
      throw FAILED.get(library);
    }
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
