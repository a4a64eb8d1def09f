package io.sparklrp.spark;

import io.sparklrp.attribution.Attribution;
import io.sparklrp.attribution.ExplainedTarget;
import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.Prediction;
import io.sparklrp.attribution.RankedOutput;
import io.sparklrp.attribution.RecordError;
import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.attribution.WordRelevance;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * An attribution as the values of {@link OutputColumns#MADE_BY_TASKS}, less what is not asked for.
 */
final class AttributionValues {
  private final Set<Omission> without;

  AttributionValues(Set<Omission> without) {
    this.without = without;
  }

  /** The values of a record that was explained. */
  Object[] of(Attribution attribution) {
    return new Object[] {
      prediction(attribution.prediction()),
      target(attribution.target()),
      attribution.tokens().stream().map(AttributionValues::token).toArray(),
      without.contains(Omission.WORDS)
          ? null
          : attribution.words().stream().map(AttributionValues::word).toArray(),
      ledger(attribution.ledger()),
      attribution.truncated(),
      null
    };
  }

  /** The values of a record in which there is nothing to explain. */
  Object[] ofNothing(boolean truncated) {
    Object[] values = new Object[OutputColumns.MADE_BY_TASKS.size()];
    values[values.length - 2] = truncated;
    return values;
  }

  /** The values of a record that was not. */
  Object[] of(RecordError error) {
    Object[] values = new Object[OutputColumns.MADE_BY_TASKS.size()];
    values[values.length - 1] = RowFactory.create(error.kind(), error.message());
    return values;
  }

  private Row prediction(Prediction prediction) {
    if (prediction == null) {
      return null;
    }
    boolean omits = without.contains(Omission.LOGITS);
    float[] logits = omits ? null : prediction.logits();
    Object[] boxed = null;
    if (logits != null) {
      boxed = new Object[logits.length];
      for (int i = 0; i < logits.length; i++) {
        boxed[i] = logits[i];
      }
    }
    return RowFactory.create(
        prediction.index(),
        prediction.label(),
        prediction.probability(),
        boxed,
        omits || prediction.top() == null ? null : top(prediction.top()));
  }

  private static Object[] top(List<RankedOutput> highest) {
    return highest.stream()
        .map(one -> RowFactory.create(one.index(), one.label(), one.logit()))
        .toArray();
  }

  private static Row target(ExplainedTarget target) {
    return RowFactory.create(
        target.index(),
        target.label(),
        target.againstIndex(),
        target.againstLabel(),
        target.score());
  }

  private static Row token(TokenRelevance token) {
    return RowFactory.create(
        token.token(),
        token.id(),
        token.start(),
        token.end(),
        token.word(),
        token.segment(),
        token.special(),
        token.relevance());
  }

  private static Row word(WordRelevance word) {
    return RowFactory.create(
        word.word(), word.start(), word.end(), word.segment(), word.relevance());
  }

  private Row ledger(LedgerAmounts ledger) {
    Object[] byLayer =
        without.contains(Omission.BIAS_BY_LAYER)
            ? null
            : ledger.biasByLayer().entrySet().stream()
                .map(entry -> RowFactory.create(entry.getKey(), entry.getValue()))
                .toArray();
    return RowFactory.create(
        ledger.tokens(),
        ledger.position(),
        ledger.segment(),
        ledger.bias(),
        ledger.residual(),
        byLayer);
  }
}
