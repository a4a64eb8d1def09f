package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.LocalSpark;
import io.sparklrp.table.Provenance;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Date;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The columns that users get: theirs as they were, then ours by the contract. */
@ExtendWith(LocalSpark.class)
class OutputSchemaTest {
  /** To be raised where a line below is added or changed. */
  private static final int VERSION = 4;

  private static final List<String> OURS =
      List.of(
          "prediction struct<index:int,label:string,probability:float,logits:array<float>,top:array<struct<index:int,label:string,logit:float>>>",
          "target struct<index:int,label:string,against_index:int,against_label:string,score:double>",
          "tokens array<struct<token:string,id:int,start:int,end:int,word:int,segment:int,"
              + "special:boolean,relevance:float,bias:float>>",
          "words array<struct<word:string,start:int,end:int,segment:int,relevance:float>>",
          "ledger struct<tokens:double,position:double,segment:double,bias:double,residual:double,"
              + "bias_by_layer:map<string,double>,by_cause:map<string,double>>",
          "truncated boolean",
          "method string",
          "model_id string",
          "run_id string",
          "error struct<kind:string,message:string>");
  private static final String ALL_KINDS =
      "id BIGINT, text STRING, small TINYINT, price DECIMAL(10,2), share DOUBLE, good BOOLEAN, day DATE,"
          + " moment TIMESTAMP, bytes BINARY, tags ARRAY<STRING>, nested STRUCT<a: INT, b: STRING>,"
          + " counts MAP<STRING, INT>, `with.dot` STRING, `with``tick` INT, Text2 STRING";

  @TempDir Path directory;

  private Path input() {
    Object[] tags = {"a", null};
    Row full =
        LocalSpark.row(
            1L,
            "The movie was bad 🎉",
            (byte) 3,
            new BigDecimal("1.50"),
            0.1,
            true,
            Date.valueOf("2022-07-17"),
            Timestamp.valueOf("2022-07-17 12:00:00.123456"),
            new byte[] {0, -1},
            tags,
            LocalSpark.row(1, "x"),
            Map.of("k", 1),
            "dotted",
            7,
            "other");
    Row empty = LocalSpark.row(Stream.concat(Stream.of(2L), nulls(14)).toArray());
    return LocalSpark.write(directory.resolve("in"), ALL_KINDS, full, empty);
  }

  private static Stream<Object> nulls(int count) {
    return Arrays.stream(new Object[count]);
  }

  private static List<String> columns(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> field.name() + " " + field.dataType().catalogString())
        .toList();
  }

  @Test
  void inputColumnsStayAndOursFollow() {
    Path input = input();
    Path output = directory.resolve("out");
    CommandRun.explain(input, output).done();

    Dataset<Row> before = LocalSpark.read(input).orderBy("id");
    Dataset<Row> after = LocalSpark.read(output).orderBy("id");
    List<String> theirs = columns(before.schema());
    assertThat(columns(after.schema()))
        .containsExactlyElementsOf(Stream.concat(theirs.stream(), OURS.stream()).toList());
    assertThat(Provenance.SCHEMA_VERSION).isEqualTo(VERSION);
    String[] names =
        Arrays.stream(before.columns())
            .map(name -> "`" + name.replace("`", "``") + "`")
            .toArray(String[]::new);
    assertThat(after.selectExpr(names).toJSON().collectAsList())
        .isEqualTo(before.toJSON().collectAsList());
    assertThat(after.selectExpr("hex(bytes)", "cast(moment as string)").first())
        .isEqualTo(before.selectExpr("hex(bytes)", "cast(moment as string)").first());
  }

  @Test
  void aPrefixGoesBeforeAllOurColumnsAndOnlyThere() {
    Path output = directory.resolve("out");
    CommandRun.explain(input(), output, "--columns", "id,text", "--output-prefix", "lrp_").done();

    StructField[] fields = LocalSpark.read(output).schema().fields();
    assertThat(Arrays.stream(fields).map(StructField::name))
        .startsWith("id", "text")
        .endsWith("lrp_truncated", "lrp_method", "lrp_model_id", "lrp_run_id", "lrp_error")
        .hasSize(2 + OURS.size());
  }

  @Test
  void whatIsLeftOutIsNullAndHasItsColumnStill() {
    Path output = directory.resolve("out");
    CommandRun.explain(
            input(), output, "--where", "id = 1", "--without", "logits,words,bias-by-layer")
        .done();

    Dataset<Row> rows = LocalSpark.read(output);
    assertThat(columns(rows.schema())).endsWith(OURS.toArray(String[]::new));
    assertThat(
            rows.selectExpr(
                    "prediction.logits is null and words is null and ledger.bias_by_layer is null",
                    "prediction.label is not null and tokens is not null and ledger.bias != 0")
                .first())
        .isEqualTo(LocalSpark.row(true, true));
  }
}
