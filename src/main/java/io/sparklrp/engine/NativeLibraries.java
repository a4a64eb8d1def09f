package io.sparklrp.engine;

import ai.djl.util.Utils;
import io.sparklrp.error.UserException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * What to say where native libraries, of the engine or of the tokenizers, did not load: where they
 * are unpacked to, what they need, and where there are none.
 */
final class NativeLibraries {
  private static final String WHERE =
      "DJL_CACHE_DIR in the environment and -Djava.io.tmpdir (on executors: spark.executorEnv.DJL_CACHE_DIR"
          + " and spark.executor.extraJavaOptions)";

  private static final Set<String> PLATFORMS =
      Set.of("linux amd64", "linux x86_64", "linux aarch64", "linux arm64", "mac aarch64");

  private NativeLibraries() {}

  /** Why they did not load, and what to do. */
  static UserException refused(Throwable e) {
    Throwable root = root(e);
    String system = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    if (!isSupported(System.getProperty("os.name"), System.getProperty("os.arch"))) {
      return new UserException(
          String.format(
              "Cannot run on %s: there are no native libraries for it. Use Linux on x86-64 or ARM, or a Mac"
                  + " with Apple silicon.",
              system),
          e);
    }
    if (root instanceof UnsatisfiedLinkError) {
      return new UserException(
          String.format(
              "Cannot load native libraries: %s. %s", firstLine(root), linkAdvice(firstLine(root))),
          e);
    }
    return new UserException(
        String.format(
            "Cannot unpack native libraries: %s. Let %s name directories that can be written and have 200 MB free.",
            unpacking(root), WHERE),
        e);
  }

  static boolean isSupported(String system, String processor) {
    String family = system.toLowerCase(Locale.ROOT).startsWith("mac") ? "mac" : system;
    return PLATFORMS.contains((family + " " + processor).toLowerCase(Locale.ROOT));
  }

  static String linkAdvice(String message) {
    if (message.contains("failed to map segment") || message.contains("not permitted")) {
      return "Let " + WHERE + " name directories that are not mounted noexec.";
    }
    boolean isLibrary =
        message.contains("GLIBC") || message.contains("ld-linux") || message.contains("musl");
    return isLibrary
        ? "Use a system with a newer glibc, such as Debian 11 or RHEL 8; musl (Alpine) is none."
        : "Let " + WHERE + " name empty directories, and try again.";
  }

  /** What the file system says. DJL tells its log alone, so it is tried again. */
  private static String unpacking(Throwable root) {
    if (root instanceof IOException) {
      return told(root);
    }
    try {
      Path directory = Files.createDirectories(Utils.getEngineCacheDir("tokenizers"));
      Files.delete(Files.createTempFile(directory, "try", null));
      return told(root);
    } catch (IOException e) {
      return told(e);
    }
  }

  private static String told(Throwable e) {
    return e instanceof FileSystemException failed && failed.getReason() == null
        ? failed.getClass().getSimpleName().replaceAll("Exception$", "") + " at " + failed.getFile()
        : firstLine(e);
  }

  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String firstLine(Throwable e) {
    String line = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    line = line.isBlank() || line.equals("null") ? e.getClass().getSimpleName() : line.strip();
    line = line.replaceFirst("^(.+?): \\1: ", "$1: "); // the path of a library, told twice
    return line.endsWith(".") ? line.substring(0, line.length() - 1) : line;
  }
}
