package io.sparklrp.spark;

import io.sparklrp.method.Methods;
import io.sparklrp.table.ResultIdentity;
import io.sparklrp.table.RowOrigin;
import io.sparklrp.table.RunId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is asked of records, wherever they come from and their explanations go.
 *
 * @param model which model
 * @param columns the columns that a record is read from
 * @param method the method's name
 * @param targets which outputs are explained, as they are written
 * @param limits how large records and batches may be
 */
public record ExplainRequest(
    ModelSettings model,
    RecordColumns columns,
    String method,
    List<String> targets,
    Limits limits) {
  /** Copies. */
  public ExplainRequest {
    targets = List.copyOf(targets);
  }

  /** What was asked for, by the options' names, for the provenance. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("text-column", columns.text());
    parameters.put("target", String.join(" ", targets));
    parameters.put("batch-tokens", Integer.toString(limits.batchTokens()));
    parameters.put("precision", "float32");
    putGiven(parameters, "text-pair-column", columns.pair());
    putGiven(parameters, "at", model.at());
    putGiven(parameters, "model-output", model.modelOutput());
    putGiven(parameters, "pooling", model.pooling());
    putGiven(parameters, "max-length", limits.maxLength());
    putGiven(parameters, "stride", limits.stride());
    if (limits.maxPixels() != Limits.USUAL_PIXELS) {
      parameters.put("max-pixels", Long.toString(limits.maxPixels()));
    }
    return parameters;
  }

  /** What decides the results of a model's records. */
  ResultIdentity identity(String modelId) {
    return ResultIdentity.of(modelId, Methods.named(method).id(), parameters());
  }

  /** What a run that begins now says of the origin of its rows. */
  RowOrigin origin(String modelId) {
    return new RowOrigin(identity(modelId).method(), modelId, RunId.next(identity(modelId)));
  }

  private static void putGiven(Map<String, String> parameters, String name, Object value) {
    if (value != null) {
      parameters.put(name, value.toString());
    }
  }
}
