package io.sparklrp.engine;

import ai.djl.engine.Engine;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.onnxruntime.engine.OrtEngineProvider;
import ai.onnxruntime.OrtEnvironment;
import io.sparklrp.error.UserException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;

/**
 * Whose libraries are loaded. DJL's and ONNX Runtime's packages cannot be renamed in our jar, since
 * their native code looks classes up by name: where another program brings its own, the first on
 * the class path is used by both.
 */
final class EngineLibraries {
  /** DJL's parts call each other's insides: they are of one version. */
  static final String DJL = "0.36.0";

  /** The oldest ONNX Runtime that reads our graphs. */
  static final String OLDEST_ONNX_RUNTIME = "1.20.0";

  private static final Map<String, Class<?>> DJL_PARTS =
      Map.of(
          "DJL", Engine.class,
          "DJL's engine for ONNX Runtime", OrtEngineProvider.class,
          "DJL's tokenizers", HuggingFaceTokenizer.class);

  private EngineLibraries() {}

  /**
   * Checks DJL, of which nothing has been used yet.
   *
   * @throws UserException if a part of it is another's, and of another version
   */
  static void checkDjl() {
    DJL_PARTS.forEach(
        (name, part) -> {
          String version = part.getPackage().getSpecificationVersion();
          if (!isOurs(part) && version != null && !version.equals(DJL)) {
            throw refused(name, version, part, DJL, null);
          }
        });
  }

  /**
   * Checks ONNX Runtime, which has started.
   *
   * @throws UserException if it is too old
   */
  static void checkOnnxRuntime() {
    String version = OrtEnvironment.getEnvironment().getVersion();
    if (!reaches(version, OLDEST_ONNX_RUNTIME)) {
      throw unfit(version, null);
    }
  }

  /** What to say where DJL asks for what ONNX Runtime does not have. */
  static UserException unfitOnnxRuntime(IncompatibleClassChangeError e) {
    return unfit("of another version", e);
  }

  private static UserException unfit(String version, Throwable cause) {
    String needed = OLDEST_ONNX_RUNTIME + " or newer";
    return refused("ONNX Runtime", version, OrtEnvironment.class, needed, cause);
  }

  /** Whether a version is a needed one, or a newer one of the same major version. */
  static boolean reaches(String version, String needed) {
    String[] found = version.split("[.+-]", -1);
    String[] least = needed.split("[.]", -1);
    if (found.length < 2 || !found[0].equals(least[0])) {
      return false;
    }
    return found[1].matches("\\d{1,6}") && Integer.parseInt(found[1]) >= Integer.parseInt(least[1]);
  }

  private static UserException refused(
      String name, String version, Class<?> part, String needed, Throwable cause) {
    return new UserException(
        String.format(
            "Cannot use %s %s: %s comes first on the class path, and %s is needed. Take that off the"
                + " class path, or put Spark LRP's jar before it.",
            name, version, file(part), needed),
        cause);
  }

  /** Whether a class comes from where ours come from: the jar that carries both. */
  private static boolean isOurs(Class<?> part) {
    URL ours = location(EngineLibraries.class);
    return ours != null && ours.equals(location(part));
  }

  private static String file(Class<?> part) {
    URL location = location(part);
    return location == null
        ? "an unknown place"
        : String.valueOf(Path.of(location.getPath()).getFileName());
  }

  private static URL location(Class<?> part) {
    CodeSource source = part.getProtectionDomain().getCodeSource();
    return source == null ? null : source.getLocation();
  }
}
