package io.sparklrp.forward.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Value;
import io.sparklrp.oracle.DoubleTensor;
import io.sparklrp.oracle.Interpreter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PositionsTest {
  /** 9 is the padding token, once in the middle of a text. */
  private static final DoubleTensor TOKENS =
      DoubleTensor.of(new int[] {2, 4}, 5, 9, 7, 8, 6, 5, 9, 9);

  private final GraphBuilder builder = new GraphBuilder("t");
  private final Ops ops = new Ops(builder, "t", "position");
  private final Value tokens =
      builder.input(
          "tokens", DataType.INT64, Shape.of(Dim.symbol("batch"), Dim.symbol("sequence")));

  private double[] computed(Value positions, String shape) {
    assertThat(positions.shape().toString()).isEqualTo(shape);
    assertThat(positions.type()).isEqualTo(DataType.INT64);
    return Interpreter.run(builder.build(List.of(positions)), Map.of("tokens", TOKENS))
        .get(positions.name())
        .data();
  }

  @Test
  void rangeIsAsWideAsTheBatch() {
    assertThat(computed(Positions.range(ops, tokens), "[1, sequence]")).containsExactly(0, 1, 2, 3);
  }

  @Test
  void everyRecordHasTheSame() {
    assertThat(computed(Positions.ofBatch(ops, tokens), "[batch, sequence]"))
        .containsExactly(0, 1, 2, 3, 0, 1, 2, 3);
  }

  /** Hugging Face's {@code create_position_ids_from_input_ids}. */
  @Test
  void countingBeginsAfterThePaddingsIdAndSkipsIt() {
    assertThat(computed(Positions.afterPadding(ops, tokens, 9), "[batch, sequence]"))
        .containsExactly(10, 9, 11, 12, 10, 11, 9, 9);
  }
}
