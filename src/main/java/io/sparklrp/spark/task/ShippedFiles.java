package io.sparklrp.spark.task;

import io.sparklrp.engine.GraphFiles;
import io.sparklrp.engine.Program;
import io.sparklrp.error.JobFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.FileUtils;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Files of the driver for its executors, sent in broadcasts of a bounded size, so that neither the
 * 2 GiB of an array nor the heap limits them. An executor writes them into a directory of its own,
 * which goes when they are read no more.
 *
 * <p>Spark's own way, {@code addFile}, does not reach the tasks of a session that Spark 4 isolates.
 */
final class ShippedFiles implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int PART_BYTES = 64 << 20;

  /** A piece of a file. */
  private record Part(String file, Broadcast<byte[]> content) implements Serializable {}

  private final List<Part> parts;

  private ShippedFiles(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  /** Sends files; their pieces follow each other. */
  static ShippedFiles send(List<Path> files, JavaSparkContext context) {
    return send(files, context, PART_BYTES);
  }

  static ShippedFiles send(List<Path> files, JavaSparkContext context, int partBytes) {
    List<Part> parts = new ArrayList<>();
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        for (byte[] next = in.readNBytes(partBytes);
            next.length > 0;
            next = in.readNBytes(partBytes)) {
          parts.add(new Part(file.getFileName().toString(), context.broadcast(next)));
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
      }
    }
    return new ShippedFiles(parts);
  }

  /** Whether there are none. */
  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** The files, in a directory of this JVM; in place where none were sent. */
  GraphFiles receive() {
    return isEmpty() ? GraphFiles.IN_PLACE : new ReceivedFiles(written());
  }

  /** A directory that is removed. */
  record ReceivedFiles(Path directory) implements GraphFiles {
    @Override
    public Program locate(Program program) {
      return program.in(directory);
    }

    @Override
    public void close() {
      FileUtils.deleteQuietly(directory.toFile());
    }
  }

  private Path written() {
    Path directory = null;
    try {
      directory = Files.createTempDirectory("spark-lrp-shipped");
      directory.toFile().deleteOnExit();
      for (Part part : parts) {
        append(part, directory.resolve(part.file()));
      }
      return directory;
    } catch (IOException e) {
      if (directory != null) {
        FileUtils.deleteQuietly(directory.toFile());
      }
      throw new JobFailedException(
          "Cannot write the compiled graph to an executor's temporary directory: "
              + e.getMessage()
              + ". Make room there, or set -Djava.io.tmpdir in spark.executor.extraJavaOptions.",
          e);
    }
  }

  private static void append(Part part, Path file) throws IOException {
    file.toFile().deleteOnExit();
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      out.write(part.content().value());
    }
  }

  /** Takes the pieces back from all executors. */
  void destroy() {
    parts.forEach(part -> part.content().destroy());
  }
}
