package io.sparklrp.spark.settings;

import io.sparklrp.checkpoint.ModelFiles;
import io.sparklrp.error.UserException;
import io.sparklrp.spark.job.SparkMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A checkpoint as a local directory: where it lies if it is local, a copy if it lies on another
 * file system or in the jar. To be closed.
 */
public final class ModelDirectory implements AutoCloseable {
  /** What users write for the shipped model. */
  public static final String DEMO = "demo";

  private static final String DEMO_RESOURCES = "/io/sparklrp/demo/model/";
  private static final List<String> DEMO_FILES =
      List.of("config.json", "model.safetensors", "tokenizer.json");

  private static final String ONNX = ".onnx";

  private final Path path;
  private final Path copy;

  private ModelDirectory(Path path, Path copy) {
    this.path = path;
    this.copy = copy;
  }

  /** The checkpoint that a user names. */
  public static ModelDirectory of(String model, Configuration hadoop) {
    try {
      return model.equals(DEMO) ? demo() : onHadoop(model, hadoop);
    } catch (UnsupportedFileSystemException | IllegalArgumentException e) {
      throw new UserException(
          String.format(
              "Cannot open model %s: %s. Give a Hugging Face checkpoint's directory, an ONNX file, or demo: models of the Hub are not downloaded.",
              model, SparkMessage.ofNoRecord(e)),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read model " + model + ": " + e.getMessage(), e);
    }
  }

  /** The name of a model that means the same from any working directory. */
  static String qualified(String model, Configuration hadoop) {
    if (model.equals(DEMO)) {
      return model;
    }
    try {
      org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(model);
      return path.getFileSystem(hadoop).makeQualified(path).toString();
    } catch (IOException | IllegalArgumentException e) {
      return model; // as it was given: whatever opens it says what is wrong
    }
  }

  private static ModelDirectory demo() throws IOException {
    Path copy = Files.createTempDirectory("spark-lrp-model");
    for (String file : DEMO_FILES) {
      try (InputStream in = ModelDirectory.class.getResourceAsStream(DEMO_RESOURCES + file)) {
        Files.copy(in, copy.resolve(file));
      }
    }
    return new ModelDirectory(copy, copy);
  }

  private static ModelDirectory onHadoop(String model, Configuration hadoop) throws IOException {
    org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(model);
    FileSystem system = source.getFileSystem(hadoop);
    boolean isFile = model.endsWith(ONNX);
    if (!system.exists(source) || system.getFileStatus(source).isDirectory() == isFile) {
      throw new UserException(
          String.format(
              "Cannot open model %s: there is no such %s. Give a Hugging Face checkpoint's directory, an ONNX file,"
                  + " or demo.",
              model, isFile ? "file" : "directory"));
    }
    if (system.getScheme().equals("file")) {
      return new ModelDirectory(Path.of(system.makeQualified(source).toUri().getPath()), null);
    }
    Path copy = Files.createTempDirectory("spark-lrp-model");
    copy(system, isFile ? source.getParent() : source, isFile ? source.getName() : null, copy);
    return new ModelDirectory(isFile ? copy.resolve(source.getName()) : copy, copy);
  }

  /** Copies what is read: first the directory's own files, which say what is read below it. */
  private static void copy(
      FileSystem system, org.apache.hadoop.fs.Path from, String onnx, Path copy)
      throws IOException {
    for (FileStatus file : system.listStatus(from)) {
      String name = file.getPath().getName();
      boolean isPart = ModelFiles.mayBeRead(name) || (onnx != null && isPartOf(onnx, name));
      if (file.isFile() && isPart) {
        copy(system, file.getPath(), copy.resolve(name));
      }
    }
    for (String name : ModelFiles.below(copy)) {
      org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(from, name);
      if (system.exists(file)) {
        Files.createDirectories(copy.resolve(name).getParent());
        copy(system, file, copy.resolve(name));
      }
    }
  }

  private static void copy(FileSystem system, org.apache.hadoop.fs.Path file, Path copy)
      throws IOException {
    try (InputStream in = system.open(file)) {
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** An ONNX file, and files that may hold its weights. */
  private static boolean isPartOf(String model, String name) {
    return name.equals(model)
        || (!name.endsWith(ONNX)
            && (name.startsWith(model) || name.endsWith("data") || name.endsWith(".bin")));
  }

  /** The local directory, or the local ONNX file. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    if (copy == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(copy)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      copy.toFile().deleteOnExit();
    }
  }
}
