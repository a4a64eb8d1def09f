package io.sparklrp.table;

import io.sparklrp.attribution.ExplainedTarget;
import io.sparklrp.attribution.LedgerAmounts;
import io.sparklrp.attribution.Prediction;
import io.sparklrp.attribution.RankedOutput;
import io.sparklrp.attribution.RecordError;
import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.attribution.WordRelevance;
import io.sparklrp.spark.LocalSpark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of an output as they may be, and some that no run would write. */
final class RandomRows {
  private static final List<String> TEXTS =
      List.of("", " ", "the", "🎉", "##ing", "a\"b\\c\n", "`dot.`", "\u0000", "null", "é\u0301");

  private final Random random;

  RandomRows(long seed) {
    this.random = new Random(seed);
  }

  List<OutputRow> rows(int count) {
    return Stream.generate(this::row).limit(count).toList();
  }

  /** The rows as a table: a column of the input, ours, and another of the input after them. */
  static Dataset<Row> table(List<OutputRow> rows, ExplainedSchema schema) {
    StructType ours = schema.columns();
    StructType all = new StructType().add("number", DataTypes.IntegerType);
    for (int i = 0; i < ours.size(); i++) {
      all = all.add(ours.apply(i));
    }
    List<Row> values = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      values.add(row(i, rows.get(i), ours));
    }
    return LocalSpark.session().createDataFrame(values, all.add("last", DataTypes.StringType));
  }

  private static Row row(int number, OutputRow row, StructType ours) {
    Row made = (Row) CatalystTypeConverters.convertToScala(ExplainedSchema.toRow(row), ours);
    Object[] values = new Object[ours.size() + 2];
    values[0] = number;
    for (int i = 0; i < ours.size(); i++) {
      values[i + 1] = made.get(i);
    }
    return RowFactory.create(values);
  }

  private OutputRow row() {
    return new OutputRow(
        some(this::prediction),
        some(
            () ->
                new ExplainedTarget(
                    some(random::nextInt),
                    text(),
                    some(random::nextInt),
                    some(this::text),
                    random.nextGaussian())),
        some(() -> list(this::token)),
        some(() -> list(this::word)),
        some(this::ledger),
        some(random::nextBoolean),
        some(this::text),
        some(this::text),
        text(),
        some(() -> new RecordError(text(), text())));
  }

  private <T> T some(Supplier<T> value) {
    return random.nextInt(4) == 0 ? null : value.get();
  }

  private <T> List<T> list(Supplier<T> value) {
    return Stream.generate(value).limit(random.nextInt(4)).toList();
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size())) + TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private float number() {
    return Float.intBitsToFloat(random.nextInt() & ~0x4000_0000); // every one below 2
  }

  private Prediction prediction() {
    float[] logits = new float[random.nextInt(4)];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = number();
    }
    return new Prediction(
        random.nextInt(),
        text(),
        some(this::number),
        some(() -> logits),
        some(() -> list(() -> new RankedOutput(random.nextInt(), text(), number()))));
  }

  private TokenRelevance token() {
    return new TokenRelevance(
        text(),
        random.nextInt(),
        some(random::nextInt),
        some(random::nextInt),
        some(random::nextInt),
        some(random::nextInt),
        random.nextBoolean(),
        number(),
        some(this::number));
  }

  private WordRelevance word() {
    return new WordRelevance(
        text(), random.nextInt(), random.nextInt(), random.nextInt(), number());
  }

  private LedgerAmounts ledger() {
    return new LedgerAmounts(
        random.nextGaussian(),
        random.nextGaussian(),
        random.nextGaussian(),
        random.nextGaussian(),
        random.nextGaussian() * 1e-9,
        some(this::amounts),
        some(this::amounts));
  }

  private Map<String, Double> amounts() {
    Map<String, Double> amounts = new LinkedHashMap<>();
    list(this::text).forEach(name -> amounts.put(name, random.nextGaussian()));
    return amounts;
  }
}
