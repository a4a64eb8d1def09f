package io.sparklrp.spark;

import io.sparklrp.error.UserException;
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
  private static final String POOLING = "1_Pooling/config.json";

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
              "Cannot open model %s: %s. Give a Hugging Face checkpoint's directory, an ONNX file, or demo.",
              model, SparkMessage.ofNoRecord(e)),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read model " + model + ": " + e.getMessage(), e);
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
    org.apache.hadoop.fs.Path directory = isFile ? source.getParent() : source;
    for (FileStatus file : system.listStatus(directory)) {
      String name = file.getPath().getName();
      if (file.isFile() && (isPart(name) || (isFile && isPartOf(source.getName(), name)))) {
        try (InputStream in = system.open(file.getPath())) {
          Files.copy(in, copy.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    copyPooling(system, directory, copy);
    return new ModelDirectory(isFile ? copy.resolve(source.getName()) : copy, copy);
  }

  private static void copyPooling(FileSystem system, org.apache.hadoop.fs.Path from, Path copy)
      throws IOException {
    org.apache.hadoop.fs.Path pooling = new org.apache.hadoop.fs.Path(from, POOLING);
    if (system.exists(pooling)) {
      Files.createDirectories(copy.resolve(POOLING).getParent());
      try (InputStream in = system.open(pooling)) {
        Files.copy(in, copy.resolve(POOLING));
      }
    }
  }

  /** An ONNX file, and files that may hold its weights. */
  private static boolean isPartOf(String model, String name) {
    return name.equals(model)
        || (!name.endsWith(ONNX)
            && (name.startsWith(model) || name.endsWith("data") || name.endsWith(".bin")));
  }

  private static boolean isPart(String name) {
    return List.of(
                "config.json",
                "tokenizer.json",
                "modules.json",
                "preprocessor_config.json",
                "model.safetensors.index.json")
            .contains(name)
        || name.endsWith(".safetensors");
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
