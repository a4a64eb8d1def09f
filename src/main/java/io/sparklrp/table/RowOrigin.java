package io.sparklrp.table;

import java.io.Serializable;

/**
 * What made a row.
 *
 * @param method the method's name
 * @param modelId content hash of the model
 * @param runId the run that wrote it
 */
public record RowOrigin(String method, String modelId, String runId) implements Serializable {}
