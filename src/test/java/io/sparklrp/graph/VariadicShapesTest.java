package io.sparklrp.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operators of one input or more, all of one shape or repeated to it. */
class VariadicShapesTest {
  private static final int CASES = 50;

  @ParameterizedTest
  @ValueSource(strings = {"Max", "Min", "Sum"})
  void theShapeIsThatOfAllInputsTogetherHoweverManyThereAre(String op) {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int i = 0; i < CASES; i++) {
      Shape shape = Shape.of(Dim.symbol("batch"), Dim.of(1 + random.nextInt(3)));
      int count = 1 + random.nextInt(4);
      assertThat(output(op, shape, count, random).shape())
          .as("%s of %d inputs, seed %d, case %d", op, count, seed, i)
          .isEqualTo(shape);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Max", "Min", "Sum"})
  void oneInputIsEnough(String op) {
    Shape shape = Shape.of(Dim.symbol("batch"), Dim.of(3));
    Value output = output(op, shape, 1, new Random(0));
    assertThat(output.shape()).isEqualTo(shape);
    assertThat(output.type()).isEqualTo(DataType.FLOAT32);
  }

  /** Of one input of the shape, and others of which some axes are of size 1. */
  private static Value output(String op, Shape shape, int count, Random random) {
    GraphBuilder builder = new GraphBuilder("variadic");
    List<String> inputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Shape own = i > 0 && random.nextBoolean() ? shape.with(1, Dim.of(1)) : shape;
      inputs.add(builder.input("x" + i, DataType.FLOAT32, own).name());
    }
    return builder.add(new Node("node", op, "", inputs, List.of("y"), Map.of(), "")).get(0);
  }
}
