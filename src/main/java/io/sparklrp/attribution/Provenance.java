package io.sparklrp.attribution;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where an output comes from; written into the footer of every file.
 *
 * @param schemaVersion version of the output's columns
 * @param modelId content hash of the model
 * @param method the method's name
 * @param parameters what else was asked for
 * @param softwareVersion version of this software
 */
public record Provenance(
    int schemaVersion,
    String modelId,
    String method,
    Map<String, String> parameters,
    String softwareVersion) {
  /** Version of the output's columns: raised when one changes its meaning. */
  public static final int SCHEMA_VERSION = 1;

  /** Copies, in order. */
  public Provenance {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }

  /** This software's version, as the jar's manifest has it. */
  public static String runningVersion() {
    String version = Provenance.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}
