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

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparklrp.attribution.Provenance;
import java.util.List;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns that are added to a record. */
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

  /** Key of the provenance in the metadata of the column {@code method}. */
  static final String PROVENANCE = "spark_lrp";

  /** All names, in order. */
  static final List<String> NAMES =
      List.of(PREDICTION, TARGET, TOKENS, WORDS, LEDGER, TRUNCATED, METHOD, MODEL_ID, ERROR);

  private static final List<DataType> TYPES =
      List.of(
          prediction(),
          target(),
          createArrayType(token()),
          createArrayType(word()),
          ledger(),
          BooleanType,
          StringType,
          StringType,
          struct(field("kind", StringType), field("message", StringType)));

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
    DataType amounts = createMapType(StringType, DoubleType);
    return struct(
        field("tokens", DoubleType),
        field("position", DoubleType),
        field("segment", DoubleType),
        field("bias", DoubleType),
        field("residual", DoubleType),
        field("bias_by_layer", amounts),
        field("by_cause", amounts));
  }

  /** The columns, with a prefix to their names. */
  static StructType prefixed(String prefix) {
    StructType columns = new StructType();
    for (int i = 0; i < NAMES.size(); i++) {
      columns = columns.add(field(prefix + NAMES.get(i), TYPES.get(i)));
    }
    return columns;
  }

  /** A record's columns followed by those that are added, which say how they were made. */
  static StructType after(StructType input, String prefix, Provenance provenance) {
    StructType columns = input;
    for (StructField added : prefixed(prefix).fields()) {
      columns =
          columns.add(
              added.name().equals(prefix + METHOD)
                  ? createStructField(added.name(), StringType, true, metadata(provenance))
                  : added);
    }
    return columns;
  }

  private static Metadata metadata(Provenance provenance) {
    try {
      String json = new ObjectMapper().writeValueAsString(provenance);
      return new MetadataBuilder().putString(PROVENANCE, json).build();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write the provenance as JSON.", e);
    }
  }
}
