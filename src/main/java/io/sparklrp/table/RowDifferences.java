package io.sparklrp.table;

import io.sparklrp.attribution.Attribution;
import io.sparklrp.attribution.Prediction;
import io.sparklrp.attribution.RankedOutput;
import io.sparklrp.attribution.TokenRelevance;
import java.util.List;
import java.util.Objects;

/** The numbers of a row beside those that are found of its record: the largest difference. */
final class RowDifferences {
  private final double scale;
  private RowDeviation largest = RowDeviation.NONE;

  private RowDifferences(double scale) {
    this.scale = scale;
  }

  static RowDeviation of(OutputRow written, Attribution found) {
    RowDifferences all =
        new RowDifferences(Math.max(1, Math.max(most(written.tokens()), most(found.tokens()))));
    for (int i = 0; i < found.tokens().size(); i++) {
      all.add("relevance", written.tokens().get(i).relevance(), found.tokens().get(i).relevance());
      all.addBias(written.tokens().get(i).bias(), found.tokens().get(i).bias());
    }
    all.addScaled("score", written.target().score(), found.target().score());
    all.addTokens(written, found);
    all.addScaled("ledger.position", written.ledger().position(), found.ledger().position());
    all.addScaled("ledger.segment", written.ledger().segment(), found.ledger().segment());
    all.addLayers(written, found);
    all.addOutputs(written, found);
    return all.largest;
  }

  /** A sum of as many numbers as tokens: under occlusion each has the score's own rounding. */
  private void addTokens(OutputRow written, Attribution found) {
    double sum = found.ledger().tokens();
    double over = Math.max(scale, Math.abs(sum)) * Math.max(1, found.tokens().size());
    add("ledger.tokens", written.ledger().tokens(), sum, over);
  }

  /** Where it was not asked for, it is not there. */
  private void addBias(Float a, Float b) {
    boolean haveBoth = a != null && b != null;
    boolean haveNone = a == null && b == null;
    addScaled("tokens.bias", haveBoth ? a : haveNone ? 0 : Double.NaN, haveBoth ? b : 0);
  }

  static RowDeviation ofOutputs(OutputRow written, Attribution found) {
    RowDifferences all = new RowDifferences(1);
    all.addOutputs(written, found);
    return all.largest;
  }

  private static double most(List<TokenRelevance> tokens) {
    return tokens.stream().mapToDouble(token -> Math.abs(token.relevance())).max().orElse(0);
  }

  private void addLayers(OutputRow written, Attribution found) {
    double most =
        found.ledger().biasByLayer().values().stream().mapToDouble(Math::abs).max().orElse(0);
    add("ledger.bias", written.ledger().bias(), found.ledger().bias(), Math.max(scale, most));
    if (written.ledger().biasByLayer() != null) {
      found
          .ledger()
          .biasByLayer()
          .forEach(
              (layer, amount) ->
                  addScaled(
                      "ledger.bias_by_layer",
                      written.ledger().biasByLayer().getOrDefault(layer, Double.NaN),
                      amount));
    }
  }

  private void addOutputs(OutputRow written, Attribution found) {
    Prediction a = written.prediction();
    Prediction b = found.prediction();
    if (a == null || b == null) {
      add("prediction", a == null && b == null ? 0 : Double.NaN, 0);
      return;
    }
    addLogits(a.logits(), b.logits());
    addTop(a.top(), b.top());
    addHighest(a, b);
    boolean haveBoth = a.probability() != null && b.probability() != null;
    add(
        "prediction.probability",
        haveBoth ? a.probability() : 0,
        haveBoth || Objects.equals(a.probability(), b.probability())
            ? Objects.requireNonNullElse(haveBoth ? b.probability() : null, 0f)
            : Double.NaN);
  }

  /** Outputs that are left out are not compared. */
  private void addLogits(float[] a, float... b) {
    for (int i = 0; a != null && i < a.length; i++) {
      boolean isThere = b != null && b.length == a.length;
      addScaled("prediction.logits", a[i], isThere ? b[i] : Double.NaN);
    }
  }

  private void addTop(List<RankedOutput> a, List<RankedOutput> b) {
    for (int i = 0; a != null && i < a.size(); i++) {
      boolean isThere = b != null && b.size() == a.size();
      addScaled("prediction.top", a.get(i).logit(), isThere ? b.get(i).logit() : Double.NaN);
    }
  }

  /** Of outputs that are equal up to rounding either may be the highest. */
  private void addHighest(Prediction a, Prediction b) {
    if (a.index() == b.index()) {
      add("prediction.label", a.label().equals(b.label()) ? 0 : Double.NaN, 0);
      return;
    }
    float[] logits = b.logits();
    boolean areKnown = logits != null && Math.max(a.index(), b.index()) < logits.length;
    addScaled(
        "prediction.index",
        areKnown ? logits[a.index()] : Double.NaN,
        areKnown ? logits[b.index()] : 0);
  }

  private void addScaled(String part, double a, double b) {
    add(part, a, b, Math.max(scale, Math.abs(b)));
  }

  private void add(String part, double a, double b) {
    add(part, a, b, scale);
  }

  private void add(String part, double a, double b, double over) {
    double difference = Math.abs(a - b) / over;
    double value = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
    if (value > largest.value()) {
      largest = new RowDeviation(value, part);
    }
  }
}
