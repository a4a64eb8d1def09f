package io.sparklrp.oracle;

import io.sparklrp.relevance.CompiledRelevance;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A compiled explanation of a batch, computed in double precision by the interpreter. */
public final class DoubleExplanation {
  private final CompiledRelevance compiled;
  private final Map<String, DoubleTensor> values;

  private DoubleExplanation(CompiledRelevance compiled, Map<String, DoubleTensor> values) {
    this.compiled = compiled;
    this.values = values;
  }

  /**
   * Explains records of one segment, padded with token 0 to the longest.
   *
   * @param seed weights of the outputs for every record; null where the graph has no such input
   */
  public static DoubleExplanation of(
      CompiledRelevance compiled, double[] seed, List<long[]> records) {
    int longest = records.stream().mapToInt(ids -> ids.length).max().orElseThrow();
    return padded(compiled, seed, records, longest);
  }

  /** Explains records padded to a length. */
  public static DoubleExplanation padded(
      CompiledRelevance compiled, double[] seed, List<long[]> records, int length) {
    List<long[]> types = records.stream().map(ids -> new long[ids.length]).toList();
    return padded(compiled, seed, records, types, length);
  }

  /** Explains one record whose tokens' types are given. */
  public static DoubleExplanation of(
      CompiledRelevance compiled, double[] seed, long[] ids, long[] types) {
    return padded(compiled, seed, List.of(ids), List.of(types), ids.length);
  }

  private static DoubleExplanation padded(
      CompiledRelevance compiled,
      double[] seed,
      List<long[]> records,
      List<long[]> types,
      int length) {
    int batch = records.size();
    Map<String, DoubleTensor> inputs = new HashMap<>();
    inputs.put("input_ids", rows(records, length));
    inputs.put(
        "attention_mask", rows(records.stream().map(DoubleExplanation::ones).toList(), length));
    inputs.put("token_type_ids", rows(types, length));
    if (seed != null) {
      DoubleTensor seeds = DoubleTensor.zeros(batch, seed.length);
      Arrays.setAll(seeds.data(), i -> seed[i % seed.length]);
      inputs.put("seed", seeds);
    }
    return new DoubleExplanation(compiled, Interpreter.run(compiled.graph(), inputs));
  }

  /** Explains what a compiled graph is fed with. */
  public static DoubleExplanation of(CompiledRelevance compiled, Map<String, DoubleTensor> inputs) {
    return new DoubleExplanation(compiled, Interpreter.run(compiled.graph(), inputs));
  }

  private static DoubleTensor rows(List<long[]> records, int length) {
    DoubleTensor rows = DoubleTensor.zeros(records.size(), length);
    for (int b = 0; b < records.size(); b++) {
      for (int t = 0; t < records.get(b).length; t++) {
        rows.data()[b * length + t] = records.get(b)[t];
      }
    }
    return rows;
  }

  private static long[] ones(long[] record) {
    long[] ones = new long[record.length];
    Arrays.fill(ones, 1);
    return ones;
  }

  /** Relevance of a record's tokens. */
  public double[] relevance(int record) {
    return row("relevance", record);
  }

  /** The ledger's amounts of a record. */
  public double[] ledger(int record) {
    return row("ledger", record);
  }

  /** The logits of a record. */
  public double[] logits(int record) {
    return row("logits", record);
  }

  /** The explained score. */
  public double score(int record) {
    return values.get("score").data()[record];
  }

  /** Score less relevance less ledger. */
  public double residual(int record) {
    return score(record)
        - Arrays.stream(relevance(record)).sum()
        - Arrays.stream(ledger(record)).sum();
  }

  /**
   * The scale of rounding errors: the largest of 1 and the sums over j of |X G| of its tokens; of
   * numbers that are no such products, the largest of 1 and these.
   */
  public double rounding(int record) {
    DoubleTensor products = values.get("relevance.products");
    if (products == null) {
      return Arrays.stream(relevance(record)).map(Math::abs).reduce(1, Math::max);
    }
    int length = products.shape()[1];
    int hidden = products.shape()[2];
    double largest = 1;
    for (int t = 0; t < length; t++) {
      int from = (record * length + t) * hidden;
      largest =
          Math.max(
              largest, Arrays.stream(products.data(), from, from + hidden).map(Math::abs).sum());
    }
    return largest;
  }

  /** The ledger's scale: the largest of 1, |score| and the sum of all absolute parts. */
  public double scale(int record) {
    double parts =
        Arrays.stream(relevance(record)).map(Math::abs).sum()
            + Arrays.stream(ledger(record)).map(Math::abs).sum();
    return Math.max(1, Math.max(Math.abs(score(record)), parts));
  }

  /** Names of the ledger's entries. */
  public List<String> entries() {
    return compiled.ledgerEntries();
  }

  private double[] row(String name, int record) {
    DoubleTensor all = values.get(name);
    int width = all.shape()[1];
    return Arrays.copyOfRange(all.data(), record * width, (record + 1) * width);
  }
}
