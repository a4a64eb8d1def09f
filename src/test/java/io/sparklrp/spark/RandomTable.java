package io.sparklrp.spark;

import io.sparklrp.spark.task.ExplainedRelation;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.UserDefinedType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Random records of random types, made in Spark's own form, so that any bits that a type allows are
 * among them: days and microseconds of the years 1 to 9999, most near the calendars' change and
 * other edges, NaN of any payload, bytes that are no UTF-8, maps in any order.
 */
public final class RandomTable {
  private static final long DAY = 86_400_000_000L;
  private static final int YEAR_1 = -719_162;
  private static final int YEAR_9999 = 2_932_896;
  private static final int[] EDGES = {
    -141_427, -141_428, -141_438, -719_162, -25_567, -1, 0, 18_262
  };

  /** Types that Parquet holds. */
  private static final List<String> STORED =
      List.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INT",
          "BIGINT",
          "FLOAT",
          "DOUBLE",
          "DECIMAL(1,0)",
          "DECIMAL(10,2)",
          "DECIMAL(18,18)",
          "DECIMAL(38,10)",
          "STRING",
          "STRING COLLATE UTF8_LCASE",
          "BINARY",
          "DATE",
          "TIMESTAMP",
          "TIMESTAMP_NTZ",
          "INTERVAL YEAR TO MONTH",
          "INTERVAL DAY TO SECOND");

  private final Random random;

  /** Tables of a seed. */
  public RandomTable(long seed) {
    this.random = new Random(seed);
  }

  /** A column of every type that Parquet holds, and as many of arrays, maps and structs of them. */
  public StructType storedSchema() {
    StructType schema = new StructType();
    for (String type : STORED) {
      schema = schema.add("c" + schema.size(), DataType.fromDDL(type));
    }
    for (int i = 0; i < STORED.size(); i++) {
      schema = schema.add("c" + schema.size(), nested(2));
    }
    return schema;
  }

  private DataType nested(int depth) {
    if (depth == 0) {
      return DataType.fromDDL(STORED.get(random.nextInt(STORED.size())));
    }
    DataType part = nested(depth - 1);
    return switch (random.nextInt(4)) {
      case 0 -> new ArrayType(part, true);
      case 1 -> new MapType(DataType.fromDDL("STRING"), part, true);
      case 2 -> new MapType(DataType.fromDDL("DATE"), part, true);
      default -> new StructType().add("a", part).add("b", nested(depth - 1));
    };
  }

  /** Records of a schema. */
  public Dataset<Row> rows(StructType schema, int count) {
    List<InternalRow> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(row(schema));
    }
    SparkSession session = LocalSpark.session();
    JavaRDD<InternalRow> stored =
        JavaSparkContext.fromSparkContext(session.sparkContext()).parallelize(rows, 2);
    return ExplainedRelation.of(session, () -> stored, schema);
  }

  /** The bits of each record of the named columns, in the order of the records. */
  public static List<String> bits(Dataset<Row> rows, String... columns) {
    Dataset<Row> chosen =
        rows.select(Stream.of(columns).map(functions::col).toArray(Column[]::new));
    return chosen.queryExecution().toRdd().toJavaRDD().map(RandomTable::bits).collect();
  }

  private static String bits(InternalRow row) {
    return Arrays.toString(((UnsafeRow) row).getBytes());
  }

  private InternalRow row(StructType type) {
    return new GenericInternalRow(
        Stream.of(type.fields()).map(StructField::dataType).map(this::valueOrNull).toArray());
  }

  private Object valueOrNull(DataType type) {
    return random.nextInt(8) == 0 ? null : value(type);
  }

  private Object value(DataType type) {
    if (type instanceof StructType struct) {
      return row(struct);
    }
    if (type instanceof UserDefinedType<?> own) {
      return value(own.sqlType());
    }
    if (type instanceof ArrayType array) {
      return array(random.nextInt(4), () -> valueOrNull(array.elementType()));
    }
    if (type instanceof MapType map) {
      int size = random.nextInt(8);
      Object[] keys = Stream.generate(() -> value(map.keyType())).distinct().limit(size).toArray();
      return new ArrayBasedMapData(
          new GenericArrayData(keys), array(keys.length, () -> valueOrNull(map.valueType())));
    }
    return number(type);
  }

  private static GenericArrayData array(int size, Supplier<Object> value) {
    return new GenericArrayData(Stream.generate(value).limit(size).toArray());
  }

  private Object number(DataType type) {
    if (type instanceof DecimalType decimal) {
      BigInteger digits = new BigInteger("9".repeat(1 + random.nextInt(decimal.precision())));
      BigDecimal number =
          new BigDecimal(random.nextBoolean() ? digits : digits.negate(), decimal.scale());
      return Decimal.apply(number, decimal.precision(), decimal.scale());
    }
    if (type instanceof BooleanType) {
      return random.nextBoolean();
    }
    if (type instanceof ByteType) {
      return (byte) random.nextInt();
    }
    if (type instanceof ShortType) {
      return (short) random.nextInt();
    }
    if (type instanceof IntegerType || type instanceof YearMonthIntervalType) {
      return random.nextInt();
    }
    if (type instanceof LongType || type instanceof DayTimeIntervalType) {
      return random.nextLong();
    }
    if (type instanceof FloatType) {
      return random.nextInt(4) == 0 ? -0f : Float.intBitsToFloat(odd(random.nextInt()));
    }
    if (type instanceof DoubleType) {
      return random.nextInt(4) == 0 ? -0.0 : Double.longBitsToDouble(odd(random.nextLong()));
    }
    return moment(type);
  }

  /** A half of them NaN of some payload. */
  private int odd(int bits) {
    return random.nextBoolean() ? bits | 0x7fc0_0000 : bits;
  }

  private long odd(long bits) {
    return random.nextBoolean() ? bits | 0x7ff8_0000_0000_0000L : bits;
  }

  private Object moment(DataType type) {
    if (type instanceof DateType) {
      return day();
    }
    if (type instanceof TimestampType || type instanceof TimestampNTZType) {
      return day() * DAY + random.nextLong(DAY);
    }
    if (type instanceof CalendarIntervalType) {
      return new CalendarInterval(random.nextInt(), random.nextInt(), random.nextLong());
    }
    return text(type);
  }

  private int day() {
    return random.nextBoolean()
        ? Math.max(YEAR_1, EDGES[random.nextInt(EDGES.length)] + random.nextInt(41) - 20)
        : YEAR_1 + random.nextInt(YEAR_9999 - YEAR_1);
  }

  private Object text(DataType type) {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    if (type instanceof BinaryType) {
      return bytes;
    }
    if (type instanceof StringType) {
      return random.nextBoolean()
          ? UTF8String.fromBytes(bytes)
          : UTF8String.fromString(new String(bytes, StandardCharsets.UTF_16));
    }
    if (type instanceof NullType) {
      return null;
    }
    throw new IllegalArgumentException(type.simpleString());
  }
}
