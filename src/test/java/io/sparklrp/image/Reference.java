package io.sparklrp.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.InflaterInputStream;

/** Pictures and what Pillow and Hugging Face make of them, written by scripts/image-reference. */
final class Reference {
  private static final Path ROOT = Path.of("src/test/resources/image");

  private Reference() {}

  /** The entries of a list of the reference. */
  static Stream<Entry> entries(String list) {
    try {
      JsonNode reference = new ObjectMapper().readTree(ROOT.resolve("reference.json").toFile());
      return StreamSupport.stream(reference.get(list).spliterator(), false).map(Entry::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's bytes. */
  static byte[] file(String name) {
    try {
      return Files.readAllBytes(ROOT.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An entry: a picture, what was done with it, and what came out. */
  record Entry(JsonNode node) {
    String name() {
      return node.get("file").asText();
    }

    byte[] file() {
      return Reference.file(name());
    }

    ImageSize size() {
      return new ImageSize(integer("height"), integer("width"));
    }

    int integer(String key) {
      return node.get(key).asInt();
    }

    String json(String key) {
      return node.get(key).toString();
    }

    byte[] bytes(String key) {
      try (InflaterInputStream in =
          new InflaterInputStream(new ByteArrayInputStream(node.get(key).binaryValue()))) {
        return in.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** For a test's name. */
    @Override
    public String toString() {
      return name() + " to " + size() + " " + node.path("resample") + node.path("config");
    }
  }

  /** The largest difference of two pictures' values. */
  static int difference(byte[] one, byte[] other) {
    int most = one.length == other.length ? 0 : Integer.MAX_VALUE;
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      most = Math.max(most, Math.abs((one[i] & 0xFF) - (other[i] & 0xFF)));
    }
    return most;
  }
}
