package io.sparklrp.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where an output comes from; written into the footer of every file.
 *
 * @param schemaVersion version of the output's columns
 * @param modelId content hash of the model
 * @param method the method's name
 * @param runId the run that wrote it
 * @param parameters what else was asked for
 * @param softwareVersion version of this software
 */
public record Provenance(
    int schemaVersion,
    String modelId,
    String method,
    String runId,
    Map<String, String> parameters,
    String softwareVersion) {
  /** Version of the output's columns: raised when one is added or changes its meaning. */
  public static final int SCHEMA_VERSION = 2;

  private static final ObjectMapper READER =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Copies, in order. */
  public Provenance {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** Where rows come from that this software writes now. */
  public static Provenance of(RowOrigin origin, Map<String, String> parameters) {
    return new Provenance(
        SCHEMA_VERSION,
        origin.modelId(),
        origin.method(),
        origin.runId(),
        parameters,
        runningVersion());
  }

  /** What decides the results of the run. */
  public ResultIdentity identity() {
    return new ResultIdentity(schemaVersion, modelId, method, parameters);
  }

  /** What {@link #json} wrote; empty where it is something else. */
  static Optional<Provenance> ofJson(String json) {
    try {
      return Optional.ofNullable(READER.readValue(json, Provenance.class));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  /** This software's version, as the jar's manifest has it. */
  public static String runningVersion() {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The same as JSON. */
  String json() {
    try {
      return new ObjectMapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the provenance as JSON.", e);
    }
  }
}
