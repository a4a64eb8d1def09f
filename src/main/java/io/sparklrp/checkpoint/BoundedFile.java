package io.sparklrp.checkpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.error.UserException;
import io.sparklrp.files.Confinement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files whose size has a limit, and the JSON in them. */
final class BoundedFile {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private BoundedFile() {}

  /** The bytes of a file that must exist and be no larger than the limit. */
  static byte[] read(Path file, long limit) {
    if (!Confinement.exists(file)) {
      boolean isTokenizer = file.endsWith(ModelFiles.TOKENIZER);
      throw new UserException(
          String.format(
              "Cannot open model %s: it has no %s. %s.",
              file.getParent(),
              file.getFileName(),
              isTokenizer
                  ? "Make it with AutoTokenizer.from_pretrained(DIR).save_pretrained(DIR)"
                  : "Give a Hugging Face checkpoint's directory"));
    }
    Confinement.check(file.toAbsolutePath().getParent(), file);
    try {
      long size = Files.size(file);
      if (size > limit) {
        throw new UserException(
            String.format(
                "Cannot read %s: its %d bytes are more than the %d allowed. Check the file.",
                file, size, limit));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The JSON object in bytes. */
  static JsonNode object(byte[] bytes, String what) {
    try {
      JsonNode node = JSON.readTree(bytes);
      if (node == null || !node.isObject()) {
        throw new UserException(
            "Cannot read " + what + ": it is not a JSON object. Check the file.");
      }
      return node;
    } catch (JsonProcessingException e) {
      throw noJson(what, e);
    } catch (IOException e) {
      throw new UserException("Cannot read " + what + ": it is not JSON. Check the file.", e);
    }
  }

  /** What is thrown where a file is no JSON. */
  static UserException noJson(String what, JsonProcessingException e) {
    return new UserException(
        String.format("Cannot read %s: it is not JSON (line %d). Check the file.", what, line(e)),
        e);
  }

  private static int line(JsonProcessingException e) {
    return e.getLocation() == null ? 0 : e.getLocation().getLineNr();
  }

  /** The JSON array in bytes. */
  static JsonNode array(byte[] bytes, String what) {
    try {
      JsonNode node = JSON.readTree(bytes);
      if (node != null && node.isArray()) {
        return node;
      }
    } catch (JsonProcessingException e) {
      throw noJson(what, e);
    } catch (IOException e) {
      throw new UserException("Cannot read " + what + ": it is not JSON. Check the file.", e);
    }
    throw new UserException("Cannot read " + what + ": it is not a JSON array. Check the file.");
  }
}
