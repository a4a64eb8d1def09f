package io.sparklrp.spark.settings;

import io.sparklrp.explain.input.InputKind;
import io.sparklrp.method.MethodOptions;
import io.sparklrp.method.Methods;
import io.sparklrp.method.RandomNumbers;
import io.sparklrp.model.Numerics;
import io.sparklrp.model.Precision;
import io.sparklrp.table.Provenance;
import io.sparklrp.table.ResultIdentity;
import io.sparklrp.table.RowOrigin;
import io.sparklrp.table.RunId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;

/**
 * What is asked of records, wherever they come from and their explanations go.
 *
 * @param model which model
 * @param columns the columns that a record is read from
 * @param method the method's name
 * @param options what is said of the method beside
 * @param targets which outputs are explained, as they are written
 * @param limits how large records and batches may be
 * @param numerics in which numbers is computed
 * @param maxDeviation how far results may be from those of float32
 */
public record ExplainRequest(
    ModelSettings model,
    RecordColumns columns,
    String method,
    MethodOptions options,
    List<String> targets,
    Limits limits,
    Numerics numerics,
    double maxDeviation) {
  /** Copies. */
  public ExplainRequest {
    targets = List.copyOf(targets);
  }

  /** Whether ledgers leave nothing but rounding: the method conserves, in float32. */
  public static boolean closes(String method, Precision precision) {
    return precision.isFull() && Methods.named(method).isConservative();
  }

  /** The same in other numbers. */
  public ExplainRequest in(Numerics others) {
    return new ExplainRequest(
        model, columns, method, options, targets, limits, others, maxDeviation);
  }

  /**
   * Where rows come from that are made of this.
   *
   * @param input what the model reads
   */
  public Provenance provenance(RowOrigin origin, InputKind input, Configuration hadoop) {
    String place = ModelDirectory.qualified(model.location(), hadoop);
    return Provenance.of(origin, place, targets, parameters(), input.layout().orElse(null));
  }

  /** What was asked for, by the options' names, for the provenance. */
  public Map<String, String> parameters() {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("text-column", columns.text());
    parameters.put("target", String.join(" ", targets));
    parameters.put("batch-tokens", Integer.toString(limits.batchTokens(numerics.precision())));
    parameters.put("precision", numerics.precision().id());
    if (!numerics.precision().isFull()) {
      parameters.put("weight-bits", Integer.toString(numerics.weightBits()));
    }
    putGiven(parameters, "text-pair-column", columns.pair());
    putGiven(parameters, "id-column", columns.id());
    if (!columns.image().equals(RecordColumns.IMAGE)) {
      parameters.put("image-column", columns.image());
    }
    putGiven(parameters, "at", model.at());
    putGiven(parameters, "model-output", model.modelOutput());
    putGiven(parameters, "pooling", model.pooling());
    putGiven(parameters, "max-length", limits.maxLength());
    putGiven(parameters, "stride", limits.stride());
    parameters.putAll(options.parameters());
    if (Methods.named(method) instanceof RandomNumbers) {
      parameters.put("keyed-by", columns.id() == null ? "content" : columns.id());
    }
    if (limits.maxPixels() != Limits.USUAL_PIXELS) {
      parameters.put("max-pixels", Long.toString(limits.maxPixels()));
    }
    return parameters;
  }

  /** What decides the results of a model's records. */
  public ResultIdentity identity(String modelId) {
    return ResultIdentity.of(modelId, Methods.named(method).id(), parameters());
  }

  /** What a run that begins now says of the origin of its rows. */
  public RowOrigin origin(String modelId) {
    return new RowOrigin(identity(modelId).method(), modelId, RunId.next(identity(modelId)));
  }

  private static void putGiven(Map<String, String> parameters, String name, Object value) {
    if (value != null) {
      parameters.put(name, value.toString());
    }
  }
}
