package io.sparklrp.oracle;

import io.sparklrp.graph.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Matrix products and LayerNorm. */
final class MatrixOperators {
  private MatrixOperators() {}

  static void register(Map<String, Interpreter.Operator> operators) {
    Interpreter.Operator product = (node, in) -> List.of(product(node, in.get(0), in.get(1)));
    operators.put("MatMul", product);
    operators.put("SimplifiedLayerNormalization", MatrixOperators::rmsNormalization);
    operators.put(Node.MICROSOFT + ".FusedMatMul", product);
    operators.put(
        "Gemm",
        (node, in) -> {
          DoubleTensor product2 = product(node, in.get(0), in.get(1));
          return List.of(
              in.size() < 3
                  ? product2
                  : ElementwiseOperators.zip(product2, in.get(2), Double::sum));
        });
    operators.put(Node.MICROSOFT + ".MatMulIntegerToFloat", MatrixOperators::wholeProduct);
    operators.put("LayerNormalization", (node, in) -> layerNormalization(node, in));
    operators.put("SimplifiedLayerNormalization", (node, in) -> rmsNormalization(node, in));
  }

  /** (a - zero point of a) b, times the scale of a and those of b. */
  private static List<DoubleTensor> wholeProduct(Node node, List<DoubleTensor> in) {
    DoubleTensor a = ElementwiseOperators.zip(in.get(0), in.get(4), (x, zero) -> x - zero);
    DoubleTensor scales = ElementwiseOperators.zip(in.get(2), in.get(3), (x, y) -> x * y);
    DoubleTensor product = product(node, a, in.get(1));
    return List.of(ElementwiseOperators.zip(product, scales, (x, scale) -> x * scale));
  }

  private static DoubleTensor product(Node node, DoubleTensor first, DoubleTensor second) {
    DoubleTensor a = node.integer("transA", 0) == 1 ? swapped(first) : first;
    DoubleTensor b = node.integer("transB", 0) == 1 ? swapped(second) : second;
    double alpha = node.decimal("alpha", 1f);
    int rows = a.shape()[a.rank() - 2];
    int inner = a.shape()[a.rank() - 1];
    int columns = b.shape()[b.rank() - 1];
    int[] outer = ElementwiseOperators.broadcast(outer(a), outer(b));
    int[] shape = Arrays.copyOf(outer, outer.length + 2);
    shape[outer.length] = rows;
    shape[outer.length + 1] = columns;
    DoubleTensor result = DoubleTensor.zeros(shape);
    for (int block = 0; block < DoubleTensor.size(outer); block++) {
      int[] index = DoubleTensor.index(block, outer);
      int fromA = offset(a, index);
      int fromB = offset(b, index);
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
          double sum = 0;
          for (int k = 0; k < inner; k++) {
            sum += a.data()[fromA + row * inner + k] * b.data()[fromB + k * columns + column];
          }
          result.data()[(block * rows + row) * columns + column] = alpha * sum;
        }
      }
    }
    return result;
  }

  private static int[] outer(DoubleTensor tensor) {
    return Arrays.copyOf(tensor.shape(), tensor.rank() - 2);
  }

  /** Where the matrix of an outer index begins, after broadcasting. */
  private static int offset(DoubleTensor tensor, int[] index) {
    int[] strides = tensor.strides();
    int offset = 0;
    for (int axis = 0; axis < tensor.rank() - 2; axis++) {
      int at = tensor.shape()[axis] == 1 ? 0 : index[axis + index.length - (tensor.rank() - 2)];
      offset += at * strides[axis];
    }
    return offset;
  }

  private static DoubleTensor swapped(DoubleTensor tensor) {
    List<Long> perm = new java.util.ArrayList<>();
    for (long axis = 0; axis < tensor.rank() - 2; axis++) {
      perm.add(axis);
    }
    perm.add(tensor.rank() - 1L);
    perm.add(tensor.rank() - 2L);
    return LayoutOperators.transpose(tensor, perm);
  }

  private static List<DoubleTensor> rmsNormalization(Node node, List<DoubleTensor> in) {
    DoubleTensor x = in.get(0);
    int size = x.shape()[x.rank() - 1];
    int[] statistics = x.shape().clone();
    statistics[x.rank() - 1] = 1;
    DoubleTensor y = DoubleTensor.zeros(x.shape());
    DoubleTensor inverses = DoubleTensor.zeros(statistics);
    for (int row = 0; row < inverses.data().length; row++) {
      double[] values = Arrays.copyOfRange(x.data(), row * size, (row + 1) * size);
      double square = Arrays.stream(values).map(v -> v * v).sum() / size;
      inverses.data()[row] = 1 / Math.sqrt(square + node.decimal("epsilon", 1e-5f));
      for (int j = 0; j < size; j++) {
        y.data()[row * size + j] = values[j] * inverses.data()[row] * in.get(1).data()[j];
      }
    }
    return List.of(y, inverses);
  }

  private static List<DoubleTensor> layerNormalization(Node node, List<DoubleTensor> in) {
    DoubleTensor x = in.get(0);
    int size = x.shape()[x.rank() - 1];
    int[] statistics = x.shape().clone();
    statistics[x.rank() - 1] = 1;
    DoubleTensor y = DoubleTensor.zeros(x.shape());
    DoubleTensor means = DoubleTensor.zeros(statistics);
    DoubleTensor inverses = DoubleTensor.zeros(statistics);
    for (int row = 0; row < means.data().length; row++) {
      double[] values = Arrays.copyOfRange(x.data(), row * size, (row + 1) * size);
      double mean = Arrays.stream(values).sum() / size;
      double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / size;
      means.data()[row] = mean;
      inverses.data()[row] = 1 / Math.sqrt(variance + node.decimal("epsilon", 1e-5f));
      for (int j = 0; j < size; j++) {
        double unit = (values[j] - mean) * inverses.data()[row];
        double beta = in.size() > 2 ? in.get(2).data()[j] : 0;
        y.data()[row * size + j] = unit * in.get(1).data()[j] + beta;
      }
    }
    return List.of(y, means, inverses);
  }
}
