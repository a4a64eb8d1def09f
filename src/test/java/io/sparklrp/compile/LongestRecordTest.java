package io.sparklrp.compile;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.UserMessage;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Graphs that make much of little are refused before anything is run. */
class LongestRecordTest {
  private static final int LENGTH = 512;

  /** A graph of one value that is made of token ids [batch, sequence]. */
  private record Made(Ops ops, Value ids) {
    Value longs(long... elements) {
      return ops.longs(elements);
    }

    Value op(String name, String op, Value... inputs) {
      return ops.op(name, op, Map.of(), inputs);
    }

    Value scalar(String name, long element) {
      return op(name, "Squeeze", longs(element), longs(0));
    }

    Value length() {
      return op("length", "Gather", op("shape", "Shape", ids), longs(1));
    }

    Value multiplied(Value factor, int times) {
      Value all = factor;
      for (int i = 0; i < times; i++) {
        all = op("power" + i, "Mul", all, factor);
      }
      return all;
    }

    Value squared(Value factor, int times) {
      Value all = factor;
      for (int i = 0; i < times; i++) {
        all = op("square" + i, "Mul", all, all);
      }
      return all;
    }
  }

  private static Graph graph(Function<Made, Value> make) {
    GraphBuilder builder = new GraphBuilder("test");
    Shape shape = Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"));
    Value ids = builder.input("input_ids", DataType.INT64, shape);
    return builder.build(List.of(make.apply(new Made(new Ops(builder, "test", ""), ids))));
  }

  private static void accepted(Function<Made, Value> make) {
    assertThatCode(() -> LongestRecord.check(graph(make), LENGTH, "m")).doesNotThrowAnyException();
  }

  private static void refused(String node, Function<Made, Value> make) {
    UserMessage.of(() -> LongestRecord.check(graph(make), LENGTH, "m"))
        .contains(node)
        .contains("--max-length");
  }

  @Test
  void sizesOfTheRecordAreAccepted() {
    accepted(made -> made.op("y", "Expand", made.longs(1), made.op("shape", "Shape", made.ids())));
    accepted(made -> made.op("y", "ConstantOfShape", made.multiplied(made.length(), 2)));
    accepted(
        made ->
            made.op(
                "y",
                "Range",
                made.scalar("start", 0),
                made.op("limit", "Squeeze", made.length(), made.longs(0)),
                made.scalar("delta", 1)));
    accepted(made -> made.op("y", "Tile", made.ids(), made.longs(1, 12)));
  }

  @Test
  void sizesThatGrowWithoutMeasureAreRefused() {
    refused(
        "test.y (ConstantOfShape)",
        made -> made.op("y", "ConstantOfShape", made.multiplied(made.length(), 4)));
    refused(
        "test.y (ConstantOfShape)",
        made -> made.op("y", "ConstantOfShape", made.multiplied(made.length(), 40)));
    refused(
        "test.y (ConstantOfShape)",
        made -> made.op("y", "ConstantOfShape", made.squared(made.length(), 40)));
    refused(
        "test.y (Expand)",
        made ->
            made.op(
                "y",
                "Expand",
                made.longs(1),
                made.op("product", "Mul", made.length(), made.longs(1L << 24))));
    refused(
        "test.y (Tile)",
        made ->
            made.op(
                "y",
                "Tile",
                made.op("row", "Unsqueeze", made.ids(), made.longs(0)),
                made.ops()
                    .concat(
                        "repeats",
                        0,
                        List.of(made.longs(1, 1), made.multiplied(made.length(), 3)))));
    refused(
        "(Concat)",
        made -> {
          Value all = made.ids();
          for (int i = 0; i < 40; i++) {
            all = made.ops().concat("twice" + i, 1, List.of(all, all));
          }
          return all;
        });
  }

  @Test
  void sizesThatTheRecordsTokensSayAreRefused() {
    Function<Made, Value> largest =
        made ->
            made.ops()
                .op(
                    "largest",
                    "ReduceMax",
                    Map.of("keepdims", Attribute.of(0L)),
                    made.ids(),
                    made.longs(0));
    refused(
        "test.y (ConstantOfShape)",
        made ->
            made.op(
                "y",
                "ConstantOfShape",
                made.op(
                    "part",
                    "Slice",
                    largest.apply(made),
                    made.longs(0),
                    made.longs(1),
                    made.longs(0))));
    refused(
        "test.y (Tile)",
        made ->
            made.op(
                "y",
                "Tile",
                made.longs(1),
                made.op(
                    "part",
                    "Slice",
                    largest.apply(made),
                    made.longs(0),
                    made.longs(1),
                    made.longs(0))));
  }

  /** Of constants alone, which the engine would compute when it opens the model. */
  @Test
  void constantsAreLimitedWhenTheyAreMade() {
    GraphBuilder builder = new GraphBuilder("test");
    Ops ops = new Ops(builder, "test", "");
    Value one = builder.initializer("one", Tensor.scalar(1));
    for (int i = 0; i < 3; i++) {
      ops.op("good" + i, "Expand", Map.of(), one, ops.longs(1 << 27));
    }
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> ops.op("more", "Expand", Map.of(), one, ops.longs(1 << 28)))
        .hasMessageContaining("test.more (Expand)")
        .hasMessageContaining("too large");
  }
}
