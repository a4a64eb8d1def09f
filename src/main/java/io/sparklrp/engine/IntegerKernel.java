package io.sparklrp.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.sparklrp.error.JobFailedException;
import io.sparklrp.error.UserException;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * How the engine multiplies whole numbers of eight bits on this machine. With VNNI or AMX it adds
 * products up in 32 bits; without, pairs of them in 16, which overflow where both factors are
 * large. What it does is tried, not read off the processor's name.
 */
public final class IntegerKernel {
  /** The only input of a graph that tries it: float [1, 1], which is 1. */
  public static final String ONE = "one";

  private IntegerKernel() {}

  /**
   * Whether products are exact.
   *
   * @param probe a graph of one output, the largest error of a product of the largest numbers
   */
  public static boolean isExact(byte[] probe) {
    DjlEngine.start();
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = SessionSettings.ofForwardPass();
        OrtSession session = environment.createSession(probe, options);
        OnnxTensor one =
            OnnxTensor.createTensor(
                environment, FloatBuffer.wrap(new float[] {1}), new long[] {1, 1});
        OrtSession.Result result = session.run(Map.of(ONE, one))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().get(0) == 0;
    } catch (OrtException e) {
      throw new JobFailedException(
          "Cannot try a product of whole numbers: " + e.getMessage() + ". Use --precision float32.",
          e);
    }
  }

  /**
   * Refuses a program that counts on exact products where they are not.
   *
   * @throws UserException if it cannot be run here
   */
  static void check(Program program) {
    program
        .graph(Role.PROBE)
        .map(graph -> graph.graph().content())
        .filter(probe -> !isExact(probe))
        .ifPresent(
            probe -> {
              throw new UserException(
                  "Cannot compute in int8 on this executor: its processor has no VNNI, so that sums of products"
                      + " overflow. Set spark.sparklrp.weightBits=7, or use --precision float32.");
            });
  }
}
