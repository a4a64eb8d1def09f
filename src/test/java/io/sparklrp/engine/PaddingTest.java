package io.sparklrp.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sparklrp.compile.SampleModel;
import io.sparklrp.method.Method;
import io.sparklrp.onnx.OnnxWriter;
import io.sparklrp.oracle.GraphMethods;
import io.sparklrp.relevance.CompiledRelevance;
import io.sparklrp.relevance.TargetSource;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What ONNX Runtime gives where {@link BatchTranslator} cuts it off. */
class PaddingTest {
  private static final long SEED = 77;
  private static final int WIDTH = 24;
  private static final int[] LENGTHS = {24, 1, 5, 23};
  private static final double CLOSE = 1e-5;

  static List<SampleModel> models() {
    return List.of(
        SampleModel.golden(),
        SampleModel.synthetic(1),
        SampleModel.synthetic(4),
        SampleModel.demo());
  }

  /** DJL has to be the first to ask for ONNX Runtime's environment. */
  @BeforeAll
  static void startEngine() {
    DjlEngine.start();
  }

  @ParameterizedTest
  @MethodSource("models")
  void getsExactlyNothingWhateverItsTokensAre(SampleModel model) throws OrtException {
    for (Method method : GraphMethods.all()) {
      CompiledRelevance compiled = model.compiled(method, TargetSource.PREDICTED);
      try (OrtSession.SessionOptions options = SessionSettings.create();
          OrtSession session =
              OrtEnvironment.getEnvironment()
                  .createSession(OnnxWriter.toBytes(compiled.graph()), options)) {
        float[][] first = relevance(session, model, new Random(SEED));
        float[][] second = relevance(session, model, new Random(SEED + 1));
        for (int row = 0; row < LENGTHS.length; row++) {
          String which = String.format("%s, row %d, seed %d of %s", method, row, SEED, model);
          int length = LENGTHS[row];
          assertThat(Arrays.copyOfRange(first[row], length, WIDTH))
              .as(which)
              .isEqualTo(new float[WIDTH - length]);
          assertThat(Arrays.copyOf(second[row], length))
              .as(which)
              .containsExactly(Arrays.copyOf(first[row], length), within((float) CLOSE));
          assertThat(first[row]).as(which).isNotEqualTo(new float[WIDTH]);
        }
      }
    }
  }

  /** Of records that are always the same, with padding that is not. */
  private static float[][] relevance(OrtSession session, SampleModel model, Random padding)
      throws OrtException {
    Random random = new Random(SEED);
    long[] ids = padding.longs((long) LENGTHS.length * WIDTH, 0, model.vocabulary()).toArray();
    long[] types = padding.longs(ids.length, 0, 2).toArray();
    long[] mask = new long[ids.length];
    for (int row = 0; row < LENGTHS.length; row++) {
      for (int at = row * WIDTH; at < row * WIDTH + LENGTHS[row]; at++) {
        ids[at] = random.nextInt(model.vocabulary());
        types[at] = random.nextInt(2);
        mask[at] = 1;
      }
    }
    try (OnnxTensor idTensor = tensor(ids);
        OnnxTensor maskTensor = tensor(mask);
        OnnxTensor typeTensor = tensor(types);
        OrtSession.Result result =
            session.run(
                Map.of(
                    "input_ids", idTensor,
                    "attention_mask", maskTensor,
                    "token_type_ids", typeTensor))) {
      return (float[][]) result.get(CompiledRelevance.RELEVANCE).orElseThrow().getValue();
    }
  }

  private static OnnxTensor tensor(long... values) throws OrtException {
    return OnnxTensor.createTensor(
        OrtEnvironment.getEnvironment(),
        LongBuffer.wrap(values),
        new long[] {LENGTHS.length, WIDTH});
  }
}
