package io.sparklrp.onnx;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * ONNX's own RotaryEmbedding (opset 23 and 24), taken apart into the products with cosines and
 * sines that turn pairs of elements of a head: half against half, or neighbours where it is
 * interleaved.
 */
final class StandardRotary {
  private static final int POSITIONS = 3;

  private final Importing in;
  private final Ops ops;

  private StandardRotary(Importing in) {
    this.in = in;
    this.ops = in.ops();
  }

  static void register(Map<String, Consumer<Importing>> imports) {
    imports.put("RotaryEmbedding", in -> new StandardRotary(in).write());
  }

  private void write() {
    Value x = in.input(0);
    boolean isByHead = x.rank() == 4;
    long heads = in.node().integer("num_heads", 0);
    in.require(isByHead || (x.rank() == 3 && heads > 0), "an input of rank " + x.rank());
    Value rows = isByHead ? x : ops.reshape("split", x, 0, 0, heads, -1);
    long size = rows.shape().dim(3).size();
    long given = in.node().integer("rotary_embedding_dim", 0);
    long turned = given == 0 ? size : given;
    in.require(turned % 2 == 0 && turned <= size, "a turned part of " + turned);
    List<Value> parts = new ArrayList<>(turned(part("turning", rows, 0, turned), turned, isByHead));
    if (turned < size) {
      parts.add(part("still", rows, turned, size));
    }
    Value joined = parts.size() == 1 ? parts.get(0) : ops.concat("joined", 3, parts);
    if (isByHead) {
      in.write("Identity", Map.of(), joined);
    } else {
      in.write("Reshape", Map.of(), joined, ops.longs(0, 0, heads * size));
    }
  }

  private Value part(String step, Value value, long from, long to) {
    return ops.slice(step, value, 3, ops.longs(from), ops.longs(to));
  }

  /** The turned elements, in one part or in two halves. */
  private List<Value> turned(Value x, long turned, boolean isByHead) {
    boolean isInterleaved = in.node().integer("interleaved", 0) == 1;
    Value pairs = isInterleaved ? ops.reshape("pairs", x, 0, 0, -1, turned / 2, 2) : x;
    Value first = isInterleaved ? one(pairs, 0) : part("first", x, 0, turned / 2);
    Value second = isInterleaved ? one(pairs, 1) : part("second", x, turned / 2, turned);
    Value cosine = angles("cosine", 1, isByHead);
    Value sine = angles("sine", 2, isByHead);
    Value real = ops.sub("real", ops.mul("real_c", first, cosine), ops.mul("real_s", second, sine));
    Value imaginary =
        ops.add(
            "imaginary",
            ops.mul("imaginary_c", second, cosine),
            ops.mul("imaginary_s", first, sine));
    if (!isInterleaved) {
      return List.of(real, imaginary);
    }
    Value beside =
        ops.concat(
            "beside", 4, List.of(ops.unsqueeze("a", real, 4), ops.unsqueeze("b", imaginary, 4)));
    return List.of(ops.reshape("turned", beside, 0, 0, -1, turned));
  }

  private Value one(Value pairs, long index) {
    Value row = ops.slice("row" + index, pairs, 4, ops.longs(index), ops.longs(index + 1));
    return ops.op("one" + index, "Squeeze", Map.of(), row, ops.longs(4));
  }

  /** Cosines or sines of the positions, the same for all heads. */
  private Value angles(String step, int index, boolean isByHead) {
    Value table = in.input(index);
    Value rows =
        in.has(POSITIONS) ? ops.gather(step + "_rows", table, in.input(POSITIONS), 0) : table;
    in.require(rows.rank() == 3, step + "s of rank " + rows.rank());
    return ops.unsqueeze(step, rows, isByHead ? 1 : 2);
  }
}
