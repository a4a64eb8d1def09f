package io.sparklrp.spark.output;

import io.sparklrp.method.MethodOptions;
import io.sparklrp.model.Numerics;
import io.sparklrp.model.Precision;
import io.sparklrp.spark.settings.ExplainRequest;
import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.spark.settings.Limits;
import io.sparklrp.spark.settings.ModelSettings;
import io.sparklrp.spark.settings.PrecisionSettings;
import io.sparklrp.spark.settings.RecordColumns;
import io.sparklrp.table.Provenance;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How rows were made, as their provenance says: runs of one recipe are looked at together.
 *
 * @param modelId content hash of the model
 * @param method the method's name
 * @param targets which outputs were explained, as they were written
 * @param parameters what else was asked for, by the options' names
 */
public record Recipe(
    String modelId, String method, List<String> targets, Map<String, String> parameters) {
  private static final String COMPLETION = "completion:";

  /** What makes no difference to rows. */
  private static final List<String> OF_THE_RUN = List.of("batch-tokens", "id-column");

  /** That of a run. */
  public static Recipe of(Provenance provenance) {
    Map<String, String> parameters = new TreeMap<>(provenance.parameters());
    OF_THE_RUN.forEach(parameters::remove);
    List<String> targets =
        provenance.targets().isEmpty()
            ? List.of(parameters.getOrDefault("target", ExplainSettings.TARGET))
            : provenance.targets();
    return new Recipe(provenance.modelId(), provenance.method(), targets, parameters);
  }

  /** The same as a request. */
  public ExplainRequest request(String model) {
    return new ExplainRequest(
        ModelSettings.builder(model)
            .at(parameters.get("at"))
            .modelOutput(parameters.get("model-output"))
            .pooling(parameters.get("pooling"))
            .build(),
        RecordColumns.builder()
            .text(parameters.getOrDefault("text-column", RecordColumns.TEXT))
            .pair(parameters.get("text-pair-column"))
            .image(parameters.getOrDefault("image-column", RecordColumns.IMAGE))
            .build(),
        method,
        MethodOptions.of(parameters),
        targets,
        limits(),
        numerics(),
        PrecisionSettings.MAX_DEVIATION);
  }

  private Numerics numerics() {
    Numerics numerics = Numerics.of(Precision.named(precision()).orElse(Precision.FLOAT32));
    return "7".equals(parameters.get("weight-bits")) ? numerics.narrow() : numerics;
  }

  private Limits limits() {
    String pixels = parameters.get("max-pixels");
    return Limits.builder()
        .maxLength(number("max-length"))
        .stride(number("stride"))
        .maxPixels(pixels == null ? Limits.USUAL_PIXELS : Long.parseLong(pixels))
        .build();
  }

  private Integer number(String parameter) {
    String written = parameters.get(parameter);
    return written == null ? null : Integer.valueOf(written);
  }

  /** The precision that they were made with. */
  public String precision() {
    return parameters.getOrDefault("precision", Precision.FLOAT32.id());
  }

  /** Whether ledgers leave nothing but rounding. */
  public boolean closes() {
    return Precision.named(precision())
        .filter(found -> ExplainRequest.closes(method, found))
        .isPresent();
  }

  /** Whether this version can make them again. */
  public boolean isKnown() {
    return Precision.named(precision()).isPresent();
  }

  /** The column that completes the first text; empty where none does. */
  Optional<String> completion() {
    return targets.stream()
        .filter(target -> target.startsWith(COMPLETION))
        .map(target -> target.substring(COMPLETION.length()).replaceFirst(":sum$", ""))
        .findFirst();
  }

  /** The columns of texts, the first and the second. */
  List<String> textColumns() {
    List<String> columns = new ArrayList<>();
    columns.add(parameters.getOrDefault("text-column", RecordColumns.TEXT));
    if (parameters.containsKey("text-pair-column")) {
      columns.add(parameters.get("text-pair-column"));
    }
    return columns;
  }
}
