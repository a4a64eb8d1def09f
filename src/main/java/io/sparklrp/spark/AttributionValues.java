package io.sparklrp.spark;

import io.sparklrp.attribution.Attribution;
import io.sparklrp.attribution.ExplainedTarget;
import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.Prediction;
import io.sparklrp.attribution.RankedOutput;
import io.sparklrp.attribution.RecordError;
import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.attribution.WordRelevance;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.catalyst.util.MapData;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * An attribution as the values of the columns that are added, in Spark's own form, less what is not
 * asked for. Method and model, which are the same in all records, are not among them.
 */
final class AttributionValues {
  private static final int SIZE =
      OutputColumns.NAMES.size() - List.of(OutputColumns.METHOD, OutputColumns.MODEL_ID).size();

  private final Set<Omission> without;

  AttributionValues(Set<Omission> without) {
    this.without = without;
  }

  /** The values of a record that was explained. */
  Object[] of(Attribution attribution) {
    return new Object[] {
      prediction(attribution.prediction()),
      target(attribution.target()),
      array(attribution.tokens(), AttributionValues::token),
      without.contains(Omission.WORDS) ? null : array(attribution.words(), AttributionValues::word),
      ledger(attribution.ledger()),
      attribution.truncated(),
      null
    };
  }

  /** The values of a record in which there is nothing to explain. */
  Object[] ofNothing(boolean truncated) {
    Object[] values = new Object[SIZE];
    values[values.length - 2] = truncated;
    return values;
  }

  /** The values of a record that was not. */
  Object[] of(RecordError error) {
    Object[] values = new Object[SIZE];
    values[values.length - 1] = row(text(error.kind()), text(error.message()));
    return values;
  }

  private static InternalRow row(Object... values) {
    return new GenericInternalRow(values);
  }

  private static UTF8String text(String text) {
    return UTF8String.fromString(text);
  }

  private static <T> ArrayData array(Collection<T> items, Function<T, Object> value) {
    return new GenericArrayData(items.stream().map(value).toArray());
  }

  private InternalRow prediction(Prediction prediction) {
    if (prediction == null) {
      return null;
    }
    boolean omits = without.contains(Omission.LOGITS);
    float[] logits = omits ? null : prediction.logits();
    List<RankedOutput> top = omits ? null : prediction.top();
    return row(
        prediction.index(),
        text(prediction.label()),
        prediction.probability(),
        logits == null ? null : new GenericArrayData(logits),
        top == null ? null : array(top, AttributionValues::ranked));
  }

  private static InternalRow ranked(RankedOutput one) {
    return row(one.index(), text(one.label()), one.logit());
  }

  private static InternalRow target(ExplainedTarget target) {
    return row(
        target.index(),
        text(target.label()),
        target.againstIndex(),
        text(target.againstLabel()),
        target.score());
  }

  private static InternalRow token(TokenRelevance token) {
    return row(
        text(token.token()),
        token.id(),
        token.start(),
        token.end(),
        token.word(),
        token.segment(),
        token.special(),
        token.relevance());
  }

  private static InternalRow word(WordRelevance word) {
    return row(text(word.word()), word.start(), word.end(), word.segment(), word.relevance());
  }

  private InternalRow ledger(LedgerAmounts ledger) {
    return row(
        ledger.tokens(),
        ledger.position(),
        ledger.segment(),
        ledger.bias(),
        ledger.residual(),
        without.contains(Omission.BIAS_BY_LAYER) ? null : amounts(ledger.biasByLayer()),
        null);
  }

  private static MapData amounts(Map<String, Double> amounts) {
    return new ArrayBasedMapData(
        array(amounts.keySet(), AttributionValues::text),
        array(amounts.values(), amount -> amount));
  }
}
