package io.sparklrp.spark.settings;

import io.sparklrp.method.MethodOptions;
import java.io.Serializable;
import java.util.List;

/**
 * One run of {@code evaluate}.
 *
 * @param model which model
 * @param input what is read
 * @param columns the columns that a record is read from
 * @param methods names of the methods; empty for all that the model allows
 * @param labelColumn the column of true labels, or of tokens that follow
 * @param highlightColumn the column of what people marked, a number for each word; null for none
 * @param replacement what tokens are replaced by: {@code unk}, {@code mask}, {@code pad} or a token
 * @param leavesOneOut whether each token is replaced alone too
 * @param against the method that all are compared with
 * @param limits how large records and batches may be
 * @param sample how many records are chosen; null for all
 * @param seed chooses records and resamples
 * @param options say how finely ledgers book
 * @param output a directory on any Hadoop path
 * @param isOverwritten whether what is there is replaced
 */
public record EvaluateSettings(
    ModelSettings model,
    InputSettings input,
    RecordColumns columns,
    List<String> methods,
    String labelColumn,
    String highlightColumn,
    String replacement,
    boolean leavesOneOut,
    String against,
    Limits limits,
    Integer sample,
    long seed,
    MethodOptions options,
    String output,
    boolean isOverwritten)
    implements Serializable {
  /** What tokens are replaced by, unless something else is given. */
  public static final String REPLACEMENT = "unk";

  /** Copies. */
  public EvaluateSettings {
    methods = List.copyOf(methods);
  }

  /** As if records were explained, whose rows go nowhere. */
  public ExplainSettings explaining() {
    return ExplainSettings.builder(
            model, input, OutputSettings.files(output).prefix("spark_lrp_evaluated_").build())
        .columns(columns)
        .targets(List.of("column:" + labelColumn))
        .limits(limits)
        .build();
  }
}
