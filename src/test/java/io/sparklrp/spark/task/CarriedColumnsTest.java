package io.sparklrp.spark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.explain.input.InputColumn;
import io.sparklrp.spark.LocalSpark;
import io.sparklrp.spark.RandomTable;
import java.util.List;
import java.util.TimeZone;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.UserDefinedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns that tasks only carry keep every bit, whatever their type. */
@ExtendWith(LocalSpark.class)
class CarriedColumnsTest {
  private static final long SEED = 20_260_301;

  /** A type whose values nobody may turn into objects. */
  public static final class Untouchable extends UserDefinedType<Untouchable> {
    private static final long serialVersionUID = 1L;

    @Override
    public DataType sqlType() {
      return StructType.fromDDL("day DATE, moments ARRAY<TIMESTAMP>");
    }

    @Override
    public Object serialize(Untouchable value) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Untouchable deserialize(Object stored) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Class<Untouchable> userClass() {
      return Untouchable.class;
    }
  }

  private static ReadColumns columns(Dataset<Row> rows) {
    InputColumn text = new InputColumn("text", "--text-column", InputColumn.Type.TEXT);
    return ReadColumns.of(rows.schema(), List.of(text), null, "id");
  }

  private static Dataset<Row> carried(Dataset<Row> rows) {
    ReadColumns columns = columns(rows);
    JavaRDD<InternalRow> made =
        columns
            .of(rows)
            .queryExecution()
            .toRdd()
            .toJavaRDD()
            .map(row -> new JoinedRow(columns.carried(row), new GenericInternalRow(new Object[1])));
    return ExplainedRelation.of(
        LocalSpark.session(), () -> made, rows.schema().add("more", DataTypes.BooleanType));
  }

  private static void assertUntouched(Dataset<Row> rows) {
    Dataset<Row> after = carried(rows);
    assertThat(after.drop("more").schema()).isEqualTo(rows.schema());
    assertThat(RandomTable.bits(after, rows.columns()))
        .as("seed " + SEED)
        .isEqualTo(RandomTable.bits(rows, rows.columns()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/Los_Angeles", "Asia/Kathmandu"})
  void everyTypeInEveryZone(String zone) {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    LocalSpark.session().conf().set("spark.sql.session.timeZone", zone);
    try {
      RandomTable random = new RandomTable(SEED);
      StructType schema =
          random
              .storedSchema()
              .add("id", DataTypes.LongType)
              .add("text", DataTypes.StringType)
              .add("interval", DataTypes.CalendarIntervalType)
              .add("nothing", DataTypes.NullType)
              .add("own", new Untouchable());
      schema = schema.add("deep", DataTypes.createArrayType(schema));
      assertUntouched(random.rows(schema, 200));
    } finally {
      LocalSpark.session().conf().unset("spark.sql.session.timeZone");
      TimeZone.setDefault(before);
    }
  }

  @Test
  void variants() {
    assertUntouched(
        LocalSpark.table(
                "id INT, text STRING", LocalSpark.row(1, "{\"b\": [1.50, \"x\"], \"a\": null}"))
            .withColumn("any", functions.parse_json(functions.col("text"))));
  }

  @Test
  void whatIsSaidOfAColumnStays() {
    Metadata comment = new MetadataBuilder().putString("comment", "when it was written").build();
    StructType schema =
        new StructType(
            new StructField[] {
              new StructField("id", DataTypes.IntegerType, false, Metadata.empty()),
              new StructField("text", DataTypes.StringType, true, comment)
            });
    Dataset<Row> rows =
        LocalSpark.session().createDataFrame(List.of(LocalSpark.row(1, "x")), schema);
    assertUntouched(rows);
  }

  @Test
  void twoColumnsOfOneNameAreTwo() {
    Dataset<Row> rows =
        LocalSpark.table("id INT, text STRING, a INT", LocalSpark.row(1, "x", 3))
            .withColumn("A2", functions.lit(4));
    Dataset<Row> doubled = rows.select("id", "text", "a", "A2").toDF("id", "text", "a", "A");
    assertThat(carried(doubled).toDF("id", "text", "a", "b", "more").first())
        .isEqualTo(LocalSpark.row(1, "x", 3, 4, null));
  }

  private static Object text(ReadColumns columns, Dataset<Row> rows) {
    return columns
        .of(rows)
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .map(row -> columns.values(row).get(0))
        .collect()
        .get(0);
  }

  @Test
  void whatIsReadIsTextAsSparkWritesIt() {
    Dataset<Row> rows =
        LocalSpark.table("id INT, text STRING", LocalSpark.row(1, "x"))
            .selectExpr("timestamp'1582-10-04 12:00:00.10' as text", "array(1.0, null) as id");
    ReadColumns columns = columns(rows);
    assertThat(text(columns, rows)).isEqualTo("1582-10-04 12:00:00.1");
    assertThat(
            columns
                .of(rows)
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .map(row -> columns.id(row).orElseThrow())
                .collect())
        .containsExactly("[1.0, null]");
  }

  /** What Java writes is another text for most of them. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "date'2024-02-03' | 2024-02-03",
        "timestamp'2024-02-03 04:05:06' | 2024-02-03 04:05:06",
        "timestamp'2024-02-03 04:05:06.7' | 2024-02-03 04:05:06.7",
        "timestamp_ntz'2024-02-03 04:05:06' | 2024-02-03 04:05:06",
        "cast(0.1 as double) | 0.1",
        "cast(1e10 as double) | 1.0E10",
        "cast(0.5 as float) | 0.5",
        "cast('NaN' as double) | NaN",
        "cast(1.50 as decimal(10,2)) | 1.50",
        "cast(0.00000001 as decimal(20,10)) | 0.0000000100",
        "cast(5 as tinyint) | 5",
        "cast(5 as smallint) | 5",
        "5 | 5",
        "cast(5 as bigint) | 5",
        "true | true",
        "interval '2' day | INTERVAL '2' DAY",
        "'text' | text"
      })
  void textIsWhatSparkCasts(String expression, String text) {
    Dataset<Row> rows =
        LocalSpark.session().sql("select '1' as id, " + expression + " as text, 2 as more");
    ReadColumns columns = columns(rows);
    assertThat(text(columns, rows)).isEqualTo(text);
  }
}
