package io.sparklrp.onnx;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sparklrp.error.UserException;
import io.sparklrp.files.Confinement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An ONNX file and the files beside it that hold its weights. Files are mapped; nothing outside of
 * the model's directory is read.
 */
final class ModelFile {
  private static final int DEEPEST = 64;
  private static final int NAMED = 50;

  /** How often a byte may be used, on average. */
  private static final int MOST_SHARED = 4;

  private final Path file;
  private final Set<Path> dataFiles = new TreeSet<>();
  private long externalBytes;

  ModelFile(Path file) {
    this.file = file;
  }

  /** The message in the file. */
  OnnxMl.ModelProto parse() {
    if (!Files.isRegularFile(file)) {
      throw cannotRead("there is no such file", "Give an ONNX file");
    }
    if (!Confinement.holds(directory(), file)) {
      throw cannotRead("it is a link that leaves its directory", "Put the file itself there");
    }
    try {
      CodedInputStream in = CodedInputStream.newInstance(map(file, 0, length(file)));
      in.enableAliasing(true);
      in.setRecursionLimit(DEEPEST);
      return OnnxMl.ModelProto.parseFrom(in);
    } catch (InvalidProtocolBufferException e) {
      throw new UserException(
          message("it is damaged or no ONNX file", "Export or download the model again"), e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private Path directory() {
    return file.toAbsolutePath().getParent();
  }

  private long length(Path of) throws IOException {
    long size = Files.size(of);
    if (size > Integer.MAX_VALUE) {
      throw cannotRead(
          "it is larger than 2 GiB", "Export the model with its weights as external data");
    }
    return size;
  }

  private static ByteBuffer map(Path of, long offset, long length) throws IOException {
    try (FileChannel channel = FileChannel.open(of)) {
      return channel
          .map(FileChannel.MapMode.READ_ONLY, offset, length)
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** The bytes of a tensor that is stored in another file; checked now, mapped when asked for. */
  java.util.function.Supplier<ByteBuffer> external(OnnxMl.TensorProto tensor, long bytes) {
    Map<String, String> entries = new HashMap<>();
    tensor.getExternalDataList().forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
    String name = Names.shown(tensor.getName());
    Path data = inside(entries.getOrDefault("location", ""), name);
    long offset = number(entries.getOrDefault("offset", "0"), name);
    long length = number(entries.getOrDefault("length", Long.toString(bytes)), name);
    try {
      if (length != bytes || offset > Files.size(data) - length) {
        throw cannotRead(
            String.format(
                "tensor %s is to be %d bytes at %d of %s, which does not hold them",
                name, bytes, offset, Names.shown(data.getFileName().toString())),
            "Download the model's files again");
      }
      checkShared(bytes, name);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + data + ": " + e.getMessage(), e);
    }
    return () -> {
      try {
        return map(data, offset, bytes);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + data + ": " + e.getMessage(), e);
      }
    };
  }

  /** Tensors may share data, such as tied weights do; a small file is not to be a large model. */
  private void checkShared(long bytes, String name) throws IOException {
    externalBytes += bytes;
    long held = 0;
    for (Path data : dataFiles) {
      held += Files.size(data);
    }
    if (externalBytes > MOST_SHARED * held) {
      throw cannotRead(
          String.format(
              "up to tensor %s there are %d bytes of external data in files of %d bytes",
              name, externalBytes, held),
          "Export the model without tensors that share data");
    }
  }

  /** The model's file and those of its external data that were asked for. */
  List<Path> files() {
    List<Path> all = new ArrayList<>(dataFiles);
    all.add(file);
    return List.copyOf(all);
  }

  /** A file of the model's own directory or below, links followed. */
  private Path inside(String location, String tensor) {
    try {
      Path directory = directory();
      Path data = directory.resolve(location).normalize();
      if (!location.isEmpty()
          && !Path.of(location).isAbsolute()
          && data.startsWith(directory.normalize())
          && Files.isRegularFile(data)
          && Confinement.holds(directory, data)) {
        dataFiles.add(data);
        return data;
      }
    } catch (InvalidPathException e) {
      // refused below, like any other place
    }
    throw cannotRead(
        String.format(
            "the data of tensor %s is at '%s', which is missing or outside of its directory",
            tensor, Names.shown(location)),
        "Put all files of the model into one directory");
  }

  private long number(String text, String tensor) {
    try {
      long number = Long.parseLong(text);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // refused below, like a negative one
    }
    throw cannotRead(
        "the place of tensor " + tensor + "'s data is not a number",
        "Export or download the model again");
  }

  /** What a user is told of nodes that cannot be used, all at once. */
  UserException unsupported(java.util.List<String> nodes) {
    int more = nodes.size() - NAMED;
    String named = String.join(", ", nodes.subList(0, Math.min(NAMED, nodes.size())));
    return cannotRead(
        "not supported are nodes " + named + (more > 0 ? " and " + more + " more" : ""),
        "Export the model without them, or with opset 18");
  }

  /** What a user is told. */
  UserException cannotRead(String why, String what) {
    return new UserException(message(why, what));
  }

  private String message(String why, String what) {
    return String.format(
        "Cannot read model %s: %s. %s.",
        Names.shown(String.valueOf(file.getFileName())), why, what);
  }
}
