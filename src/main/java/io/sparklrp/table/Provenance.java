package io.sparklrp.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where an output comes from: all that it takes to make its rows again. Written into the footer of
 * every file.
 *
 * @param schemaVersion version of the output's columns
 * @param model where the model was
 * @param modelId content hash of the model
 * @param method the method's name
 * @param targets which outputs were explained, as they were written
 * @param runId the run that wrote it
 * @param parameters what else was asked for, by the options' names
 * @param softwareVersion version of this software
 * @param picture how the model's patches lie in pictures; null for texts, and where nothing is said
 */
public record Provenance(
    int schemaVersion,
    String model,
    String modelId,
    String method,
    List<String> targets,
    String runId,
    Map<String, String> parameters,
    String softwareVersion,
    String picture) {
  /** Version of the output's columns: raised when one is added or changes its meaning. */
  public static final int SCHEMA_VERSION = 4;

  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  /** Copies, parameters in order. */
  public Provenance {
    targets = targets == null ? List.of() : List.copyOf(targets);
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /**
   * Where rows come from that this software writes now.
   *
   * @param model where the model is
   * @param targets which outputs are explained, as they are written
   * @param picture how the model's patches lie in pictures; null for texts
   */
  public static Provenance of(
      RowOrigin origin,
      String model,
      List<String> targets,
      Map<String, String> parameters,
      String picture) {
    return new Provenance(
        SCHEMA_VERSION,
        model,
        origin.modelId(),
        origin.method(),
        targets,
        origin.runId(),
        parameters,
        runningVersion(),
        picture);
  }

  /** What decides the results of the run. */
  public ResultIdentity identity() {
    return new ResultIdentity(schemaVersion, modelId, method, parameters);
  }

  /** This software's version, as the jar's manifest has it. */
  public static String runningVersion() {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The same as JSON. */
  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the provenance as JSON.", e);
    }
  }

  /**
   * What is written as JSON.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Provenance parse(String json) {
    try {
      return JSON.readValue(json, Provenance.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The provenance of the output cannot be read.", e);
    }
  }
}
