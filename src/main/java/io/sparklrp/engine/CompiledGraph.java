package io.sparklrp.engine;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * An ONNX model: its bytes, or where its files are. A large one is files, since a byte array ends
 * at 2 GiB and takes heap wherever it goes.
 */
public final class CompiledGraph implements Serializable {
  private static final long serialVersionUID = 1L;

  private final byte[] content;
  private final String directory;
  private final List<String> files;
  private final long bytes;

  private CompiledGraph(byte[] content, String directory, List<String> files, long bytes) {
    this.content = content;
    this.directory = directory;
    this.files = List.copyOf(files);
    this.bytes = bytes;
  }

  /** A model in memory. */
  public static CompiledGraph ofBytes(byte[] model) {
    return new CompiledGraph(model, null, List.of(), model.length);
  }

  /** A model as a file, and the file of its weights beside it. */
  public static CompiledGraph ofFiles(Path model, Path weights) {
    try {
      return new CompiledGraph(
          null,
          String.valueOf(model.getParent()),
          List.of(String.valueOf(model.getFileName()), String.valueOf(weights.getFileName())),
          Files.size(model) + Files.size(weights));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look at " + model + ": " + e.getMessage(), e);
    }
  }

  /** The same model after its files were copied into another directory. */
  public CompiledGraph in(Path otherDirectory) {
    return new CompiledGraph(content, otherDirectory.toString(), files, bytes);
  }

  /** The files; none where the model is in memory. */
  public List<Path> files() {
    return files.stream().map(name -> Path.of(directory, name)).toList();
  }

  /** Size of the model, weights included. */
  public long bytes() {
    return bytes;
  }

  /** The model's bytes; null where it is files. */
  byte[] content() {
    return content;
  }
}
