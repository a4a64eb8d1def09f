package io.sparklrp.spark.output;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sparklrp.error.UserException;
import io.sparklrp.table.Provenance;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The manifest that lies beside an output: what its last run said of itself and of all rows. */
public final class StoredManifest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode content;

  private StoredManifest(JsonNode content) {
    this.content = content;
  }

  /**
   * That of a directory; empty where there is none.
   *
   * @throws UserException if it is no JSON
   */
  static Optional<StoredManifest> in(String directory, Configuration hadoop) {
    Path file = Manifest.file(directory);
    try {
      FileSystem system = file.getFileSystem(hadoop);
      if (!system.exists(file)) {
        return Optional.empty();
      }
      try (InputStream in = system.open(file)) {
        JsonNode read = JSON.readTree(in);
        return Optional.of(new StoredManifest(read));
      }
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UserException(
          String.format(
              "Cannot read %s: it is no JSON. Remove it, or write the output again.", file),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** The run that wrote it. */
  public String runId() {
    return content.path("run_id").asText();
  }

  /** Rows of all runs. */
  public long rows() {
    return content.at("/output/records").asLong();
  }

  /** Rows of all runs that have an error. */
  public long errors() {
    return content.at("/output/errors").asLong();
  }

  /** Rows of its run. */
  public long rowsOfRun() {
    return content.at("/records/out").asLong();
  }

  /** Records and rows that its run lost. */
  public long lost() {
    return content.at("/records/lost").asLong()
        + Math.abs(content.at("/records/lost_rows").asLong());
  }

  /** What its run was held against. */
  public List<HeldGate> gates() {
    List<HeldGate> gates = new ArrayList<>();
    content
        .path("gates")
        .forEach(
            gate ->
                gates.add(
                    new HeldGate(
                        gate.path("name").asText(),
                        written(gate.path("value")),
                        bound(gate),
                        gate.path("passed").asBoolean())));
    return gates;
  }

  /** Such as "at most 1"; earlier versions did not say of which side it is. */
  private static String bound(JsonNode gate) {
    if (gate.path("bound").isNull()) {
      return "";
    }
    String bound = written(gate.path("bound"));
    return gate.has("bound_is") ? "at " + gate.path("bound_is").asText() + " " + bound : bound;
  }

  /** Short where it is a number. */
  private static String written(JsonNode value) {
    return value.isNumber() ? Gate.number(value.asDouble()) : value.asText();
  }

  /** What its run read, when it began, how long it took, and in what it ran. */
  public Map<String, String> run() {
    Map<String, String> run = new LinkedHashMap<>();
    put(run, "input ", content.path("input"));
    put(run, "", content.path("run"));
    put(run, "version of ", content.at("/run/versions"));
    return run;
  }

  /** Columns that were made of others before its run read them, with their SQL. */
  public Map<String, String> derived() {
    Map<String, String> derived = new LinkedHashMap<>();
    put(derived, "", content.at("/input/with_columns"));
    return derived;
  }

  private static void put(Map<String, String> run, String prefix, JsonNode values) {
    values
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (values.get(name).isValueNode()) {
                run.put(prefix + name, values.get(name).asText());
              }
            });
  }

  /** What users should know of how the model was read. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    content.path("notes").forEach(note -> notes.add(note.asText()));
    return notes;
  }

  /** Where rows of its run come from. */
  Provenance provenance() {
    ObjectNode provenance = JSON.createObjectNode();
    provenance.put("schemaVersion", content.path("schema_version").asInt());
    provenance.put("softwareVersion", content.path("software_version").asText());
    provenance.put("runId", runId());
    provenance.put("model", content.path("model").asText());
    provenance.put("modelId", content.path("model_id").asText());
    provenance.put("method", content.path("method").asText());
    provenance.set("targets", content.path("targets"));
    provenance.set("parameters", content.path("parameters"));
    return Provenance.parse(provenance.toString());
  }
}
