package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.GraphBuilder;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.onnx.OnnxWriter;
import io.sparklrp.oracle.EditableCheckpoint;
import io.sparklrp.oracle.GoldenFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What check-model says of models that cannot be explained. */
class UnknownOperatorTest {
  @TempDir Path directory;

  /** Two operators without a rule between a lookup and a classifier. */
  private Path model() throws IOException {
    GraphBuilder builder = new GraphBuilder("strange");
    Ops ops = new Ops(builder, "model", "");
    Shape shape = Shape.of(Dim.symbol("batch"), Dim.symbol("sequence"));
    Value ids = builder.input("input_ids", DataType.INT64, shape);
    Value table = builder.initializer("table", Tensor.floats(new long[] {900, 2}, new float[1800]));
    Value words = ops.gather("words", table, ids, 0);
    Value strange = ops.unary("strange", "Sign", words);
    Value odd = ops.unary("odd", "Erf", strange);
    Value logits = ops.reduceSum("pooled", odd, false, 1);
    Path file = directory.resolve("model.onnx");
    Files.write(file, OnnxWriter.toBytes(builder.build(List.of(logits))));
    Files.copy(
        GoldenFixture.of("bert-seqcls").directory().resolve("tokenizer.json"),
        directory.resolve("tokenizer.json"));
    return file;
  }

  @Test
  void allOperatorsWithoutARuleAreListed() throws IOException {
    CommandRun run = CommandRun.of("check-model", "--model", model().toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err().lines())
        .hasSize(2)
        .anyMatch(line -> line.contains("model.strange") && line.contains("Sign"))
        .anyMatch(line -> line.contains("model.odd") && line.contains("Erf"));
    assertThat(run.out()).contains("NONE");
  }

  @Test
  void weightThatIsNotANumberIsRefusedByName() throws IOException {
    EditableCheckpoint model = EditableCheckpoint.tiny(5, directory.resolve("nan"));
    String name = "bert.pooler.dense.bias";
    float[] values = model.tensors().get(name).toFloats();
    values[1] = Float.NaN;
    model.tensor(name, Tensor.floats(new long[] {values.length}, values));
    CommandRun.of("check-model", "--model", model.directory().toString()).refused(name, "NaN");
  }

  @Test
  void labelMapOfTheWrongSizeIsRefused() throws IOException {
    EditableCheckpoint model = EditableCheckpoint.tiny(5, directory.resolve("labels"));
    model.config(
        "id2label", "{\"0\": \"a\", \"1\": \"b\", \"2\": \"c\", \"3\": \"d\", \"4\": \"e\"}");
    CommandRun.of("check-model", "--model", model.directory().toString())
        .refused("classifier.weight", "[5, ");
  }
}
