package io.sparklrp.spark;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.FloatType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;
import static org.apache.spark.sql.types.DataTypes.createStructField;
import static org.apache.spark.sql.types.DataTypes.createStructType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns that are added to a record, as tasks make them. Maps are arrays of (key, value) here;
 * see {@link OutputTable} for the last step.
 */
final class OutputColumns {
  static final String PREDICTION = "prediction";
  static final String TARGET = "target";
  static final String TOKENS = "tokens";
  static final String WORDS = "words";
  static final String LEDGER = "ledger";
  static final String TRUNCATED = "truncated";
  static final String METHOD = "method";
  static final String MODEL_ID = "model_id";
  static final String ERROR = "error";

  /** Fields of the ledger that are maps in the end. */
  static final String BY_LAYER = "bias_by_layer";

  static final String BY_CAUSE = "by_cause";

  /** All names, in order. */
  static final List<String> NAMES =
      List.of(PREDICTION, TARGET, TOKENS, WORDS, LEDGER, TRUNCATED, METHOD, MODEL_ID, ERROR);

  /** The columns that tasks make. */
  static final List<StructField> MADE_BY_TASKS =
      List.of(
          field(PREDICTION, prediction()),
          field(TARGET, target()),
          field(TOKENS, createArrayType(token())),
          field(WORDS, createArrayType(word())),
          field(LEDGER, ledger()),
          field(TRUNCATED, BooleanType),
          field(ERROR, struct(field("kind", StringType), field("message", StringType))));

  private OutputColumns() {}

  private static StructField field(String name, DataType type) {
    return createStructField(name, type, true);
  }

  private static StructType struct(StructField... fields) {
    return createStructType(fields);
  }

  private static StructType prediction() {
    return struct(
        field("index", IntegerType),
        field("label", StringType),
        field("probability", FloatType),
        field("logits", createArrayType(FloatType)),
        field("top", createArrayType(ranked())));
  }

  private static StructType ranked() {
    return struct(
        field("index", IntegerType), field("label", StringType), field("logit", FloatType));
  }

  private static StructType target() {
    return struct(
        field("index", IntegerType),
        field("label", StringType),
        field("against_index", IntegerType),
        field("against_label", StringType),
        field("score", DoubleType));
  }

  private static StructType token() {
    return struct(
        field("token", StringType),
        field("id", IntegerType),
        field("start", IntegerType),
        field("end", IntegerType),
        field("word", IntegerType),
        field("segment", IntegerType),
        field("special", BooleanType),
        field("relevance", FloatType));
  }

  private static StructType word() {
    return struct(
        field("word", StringType),
        field("start", IntegerType),
        field("end", IntegerType),
        field("segment", IntegerType),
        field("relevance", FloatType));
  }

  private static StructType ledger() {
    StructType entry = struct(field("key", StringType), field("value", DoubleType));
    return struct(
        field("tokens", DoubleType),
        field("position", DoubleType),
        field("segment", DoubleType),
        field("bias", DoubleType),
        field("residual", DoubleType),
        field(BY_LAYER, createArrayType(entry)));
  }

  /** The columns as they are written, with a prefix to their names. */
  static StructType written(String prefix) {
    Map<String, DataType> types = new HashMap<>();
    MADE_BY_TASKS.forEach(made -> types.put(made.name(), made.dataType()));
    types.put(LEDGER, writtenLedger());
    return createStructType(
        NAMES.stream()
            .map(name -> field(prefix + name, types.getOrDefault(name, StringType)))
            .toArray(StructField[]::new));
  }

  private static StructType writtenLedger() {
    DataType amounts = createMapType(StringType, DoubleType);
    StructType ledger = new StructType();
    for (StructField amount : ledger().fields()) {
      ledger = ledger.add(amount.dataType() == DoubleType ? amount : field(amount.name(), amounts));
    }
    return ledger.add(field(BY_CAUSE, amounts));
  }

  /** A record's columns followed by those that tasks make, with a prefix to their names. */
  static StructType after(StructType input, String prefix) {
    Stream<StructField> made =
        MADE_BY_TASKS.stream().map(f -> createStructField(prefix + f.name(), f.dataType(), true));
    return createStructType(
        Stream.concat(Stream.of(input.fields()), made).toArray(StructField[]::new));
  }
}
