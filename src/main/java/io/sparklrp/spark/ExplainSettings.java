package io.sparklrp.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of {@code explain}.
 *
 * @param model a checkpoint's directory on any Hadoop path, or {@code demo}
 * @param input what is read
 * @param output what is written
 * @param textColumn the column to explain
 * @param pairColumn the column of second texts; null for none
 * @param idColumn the column that messages name records by; null for none
 * @param method the method's name
 * @param target which output is explained
 * @param maxLength most tokens of a record; null for all that the model takes
 * @param batchTokens most tokens of a batch, padding included
 * @param onError what becomes of records that cannot be explained
 * @param maxErrorRate largest share of such records; null for any
 * @param dryRun whether only to say what would be done
 */
public record ExplainSettings(
    String model,
    InputSettings input,
    OutputSettings output,
    String textColumn,
    String pairColumn,
    String idColumn,
    String method,
    String target,
    Integer maxLength,
    int batchTokens,
    OnError onError,
    Double maxErrorRate,
    boolean dryRun)
    implements Serializable {

  /** What was asked for, by the options' names, for the provenance. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("text-column", textColumn);
    parameters.put("target", target);
    parameters.put("batch-tokens", Integer.toString(batchTokens));
    parameters.put("precision", "float32");
    if (pairColumn != null) {
      parameters.put("text-pair-column", pairColumn);
    }
    if (maxLength != null) {
      parameters.put("max-length", Integer.toString(maxLength));
    }
    return parameters;
  }
}
