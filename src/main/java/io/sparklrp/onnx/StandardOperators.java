package io.sparklrp.onnx;

import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Dim;
import io.sparklrp.graph.OnnxTypes;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.Tensor;
import io.sparklrp.graph.Value;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** ONNX's own operators of opset 7 to 21, in the form that the graph has them: opset 18. */
final class StandardOperators {
  private static final int AXES_AS_INPUT = 13;

  private StandardOperators() {}

  static void register(Map<String, Consumer<Importing>> imports) {
    imports.put("Dropout", StandardOperators::dropout);
    imports.put("Squeeze", in -> axes(in, AXES_AS_INPUT));
    imports.put("Unsqueeze", in -> axes(in, AXES_AS_INPUT));
    Operators.all().stream()
        .filter(operator -> operator.is(Trait.REDUCING))
        .forEach(operator -> imports.put(operator.name(), StandardOperators::reduce));
    imports.put("Slice", StandardOperators::slice);
    imports.put("Split", StandardOperators::split);
    imports.put("Pad", StandardOperators::pad);
    imports.put("Clip", StandardOperators::clip);
    imports.put("Softmax", in -> softmax(in, "Softmax"));
    imports.put("LogSoftmax", in -> softmax(in, "LogSoftmax"));
    imports.put("Flatten", StandardOperators::flatten);
    imports.put("Gather", StandardOperators::gather);
    imports.put("Gemm", StandardOperators::gemm);
    imports.put("Cast", in -> cast(in, in.node().integer("to", 0)));
    imports.put("CastLike", in -> cast(in, OnnxTypes.code(in.input(1).type())));
    imports.put("Gelu", StandardOperators::gelu);
    imports.put("Reshape", StandardOperators::reshape);
    imports.put("ArgMax", StandardOperators::argMax);
    imports.put("LayerNormalization", StandardOperators::layerNormalization);
    imports.put("LpNormalization", StandardOperators::lpNormalization);
    for (String op : List.of("Max", "Min", "Sum")) {
      imports.put(op, StandardOperators::chain);
    }
    imports.put("Concat", StandardOperators::concat);
    imports.put("MatMul", StandardOperators::matMul);
    imports.put("Swish", in -> swish(in));
  }

  private static void dropout(Importing in) {
    in.require(
        in.node().outputs().size() < 2 || in.node().outputs().get(1).isEmpty(), "its mask is read");
    in.write("Identity", Map.of(), in.input(0));
  }

  private static void axes(Importing in, int version) {
    Optional<long[]> axes = in.opset() < version ? in.attribute("axes") : in.longs(1);
    if (axes.isEmpty()) {
      in.require(in.node().op().equals("Squeeze") && !in.has(1), "its axes are not known");
      Shape shape = in.shape(0);
      axes =
          Optional.of(
              LongStream.range(0, shape.rank()).filter(a -> shape.dim((int) a).isOne()).toArray());
    }
    in.write(in.node().op(), Map.of(), in.input(0), in.ops().longs(axes.get()));
  }

  private static void reduce(Importing in) {
    Optional<long[]> axes = in.has(1) ? in.longs(1) : in.attribute("axes");
    in.require(!in.has(1) || axes.isPresent(), "its axes are not known");
    boolean isIdentity =
        axes.map(a -> a.length == 0).orElse(true)
            && in.node().integer("noop_with_empty_axes", 0) == 1;
    if (isIdentity) {
      in.write("Identity", Map.of(), in.input(0));
      return;
    }
    long[] all = LongStream.range(0, in.shape(0).rank()).toArray();
    long[] wanted = axes.filter(a -> a.length > 0).orElse(all);
    Map<String, Attribute> keep =
        Map.of("keepdims", Attribute.of(in.node().integer("keepdims", 1)));
    in.write(in.node().op(), keep, in.input(0), in.ops().longs(wanted));
  }

  private static void slice(Importing in) {
    Ops ops = in.ops();
    boolean asInputs = in.opset() >= 10;
    Value starts = asInputs ? in.input(1) : ops.longs(in.attribute("starts").orElseThrow());
    Value ends = asInputs ? in.input(2) : ops.longs(in.attribute("ends").orElseThrow());
    Optional<long[]> given = asInputs ? in.longs(3) : in.attribute("axes");
    in.require(!in.has(3) || given.isPresent(), "its axes are not known");
    long count = starts.shape().dim(0).size();
    Value axes = ops.longs(given.orElseGet(() -> LongStream.range(0, count).toArray()));
    Optional<long[]> steps = in.longs(4);
    in.require(!in.has(4) || steps.isPresent(), "its steps are not known");
    if (steps.filter(all -> Arrays.stream(all).anyMatch(step -> step != 1)).isEmpty()) {
      in.write("Slice", Map.of(), in.input(0), starts, ends, axes);
    } else {
      in.write("Slice", Map.of(), in.input(0), starts, ends, axes, ops.longs(steps.get()));
    }
  }

  private static void split(Importing in) {
    int axis = in.shape(0).axis(in.node().integer("axis", 0));
    int count = in.node().outputs().size();
    long[] sizes =
        in.opset() < AXES_AS_INPUT
            ? in.attribute("split").orElseGet(() -> equalParts(in, axis, count))
            : in.longs(1).orElseGet(() -> equalParts(in, axis, count));
    in.require(sizes.length == count, "its parts are not known");
    long start = 0;
    for (int i = 0; i < count; i++) {
      Ops ops = in.ops().in("part" + i);
      Value end = ops.longs(i == count - 1 ? Long.MAX_VALUE : start + sizes[i]);
      in.output(i, ops.slice("slice", in.input(0), axis, ops.longs(start), end));
      start += sizes[i];
    }
  }

  private static long[] equalParts(Importing in, int axis, int count) {
    in.require(!in.has(1) && in.shape(0).dim(axis).isFixed(), "its parts are not known");
    long size = (in.shape(0).dim(axis).size() + count - 1) / count;
    long[] parts = new long[count];
    Arrays.fill(parts, size);
    return parts;
  }

  /** Pad with pads for all axes; negative ones cut off. */
  private static void pad(Importing in) {
    String mode = in.node().text("mode", "constant");
    in.require(mode.equals("constant"), "mode " + mode);
    Ops ops = in.ops();
    boolean asInputs = in.opset() >= 11;
    Value given = asInputs ? in.input(1) : ops.longs(in.attribute("pads").orElseThrow());
    Value fill = asInputs && in.has(2) ? in.input(2) : zero(in);
    Value pads = in.has(3) ? ofAllAxes(in, given) : given;
    boolean changesNothing =
        ops.builder()
            .sizes(pads.name())
            .filter(all -> all.stream().allMatch(Optional.of(Size.of(0))::equals))
            .isPresent();
    if (changesNothing) {
      in.write("Identity", Map.of(), in.input(0));
    } else {
      in.write("Pad", Map.of(), in.input(0), pads, fill);
    }
  }

  private static Value ofAllAxes(Importing in, Value pads) {
    long[] axes = in.longs(3).orElseThrow(() -> Importing.refused("its axes"));
    int rank = in.shape(0).rank();
    Value[] all = new Value[2 * rank];
    Arrays.fill(all, in.ops().longs(0));
    for (int i = 0; i < axes.length; i++) {
      int axis = in.shape(0).axis(axes[i]);
      all[axis] = element(in, pads, i);
      all[axis + rank] = element(in, pads, i + axes.length);
    }
    return in.ops().concat("pads", 0, List.of(all));
  }

  private static Value element(Importing in, Value vector, long index) {
    Ops ops = in.ops();
    return ops.slice("pad", vector, 0, ops.longs(index), ops.longs(index + 1));
  }

  private static Value zero(Importing in) {
    return in.input(0).type() == DataType.FLOAT32
        ? in.ops().scalar(in.node().decimal("value", 0f))
        : in.shared("const.long.0", Tensor.longs(new long[0], 0));
  }

  /** Clip as Max with its lower and Min with its upper bound. */
  private static void clip(Importing in) {
    Ops ops = in.ops();
    Optional<Value> low = in.has(1) ? Optional.of(in.input(1)) : bound(in, "min").map(ops::scalar);
    Optional<Value> high = in.has(2) ? Optional.of(in.input(2)) : bound(in, "max").map(ops::scalar);
    Value x = in.input(0);
    if (low.isEmpty() && high.isEmpty()) {
      in.write("Identity", Map.of(), x);
    } else if (high.isEmpty()) {
      in.write("Max", Map.of(), x, low.orElseThrow());
    } else {
      Value y = low.map(v -> ops.op("at_least", "Max", Map.of(), x, v)).orElse(x);
      in.write("Min", Map.of(), y, high.get());
    }
  }

  private static Optional<Float> bound(Importing in, String name) {
    float bound = in.node().decimal(name, Float.NaN);
    return Float.isNaN(bound) ? Optional.empty() : Optional.of(bound);
  }

  private static void softmax(Importing in, String op) {
    int rank = in.shape(0).rank();
    boolean coerced = in.opset() < AXES_AS_INPUT;
    int axis = in.shape(0).axis(in.node().integer("axis", coerced ? 1 : -1));
    boolean isLast = axis == rank - 1;
    boolean othersAreOne =
        LongStream.range(axis + 1L, rank).allMatch(a -> in.shape(0).dim((int) a).isOne());
    in.require(isLast || !coerced || othersAreOne, "softmax over several axes");
    long kept = isLast ? -1 : axis;
    in.write(op, Map.of("axis", Attribute.of(kept)), in.input(0));
  }

  private static void flatten(Importing in) {
    Shape shape = in.shape(0);
    long given = in.node().integer("axis", 1);
    int axis = (int) (given < 0 ? given + shape.rank() : given);
    List<Dim> behind = shape.dims().subList(axis, shape.rank());
    List<Dim> before = shape.dims().subList(0, axis);
    long[] target;
    if (behind.stream().allMatch(Dim::isFixed)) {
      target = new long[] {-1, new Shape(behind).size().size()};
    } else if (before.stream().allMatch(Dim::isFixed)) {
      target = new long[] {new Shape(before).size().size(), -1};
    } else {
      in.require(axis == 1, "flattening at axis " + axis);
      target = new long[] {0, -1};
    }
    in.write("Reshape", Map.of(), in.input(0), in.ops().longs(target));
  }

  /** One row of activations is a slice, which can be computed alone. */
  private static void gather(Importing in) {
    Optional<long[]> index = in.longs(1).filter(i -> i.length == 1);
    boolean isData = in.input(0).type() == DataType.FLOAT32 && !in.isConstant(0);
    if (!isData || index.isEmpty() || in.shape(1).rank() > 1) {
      in.same();
      return;
    }
    Ops ops = in.ops();
    int axis = in.shape(0).axis(in.node().integer("axis", 0));
    long at = index.get()[0];
    Value end = ops.longs(at == -1 ? Long.MAX_VALUE : at + 1);
    if (in.shape(1).rank() == 1) {
      in.write("Slice", Map.of(), in.input(0), ops.longs(at), end, ops.longs(axis));
    } else {
      Value row = ops.slice("row", in.input(0), axis, ops.longs(at), end);
      in.write("Squeeze", Map.of(), row, ops.longs(axis));
    }
  }

  /** Gemm without beta, which scales the constant. */
  private static void gemm(Importing in) {
    float beta = in.node().decimal("beta", 1f);
    Map<String, Attribute> attributes = new TreeMap<>(in.node().attributes());
    attributes.remove("beta");
    List<String> inputs = new ArrayList<>(in.node().inputs());
    if (in.has(2) && beta != 1f) {
      inputs.set(2, in.ops().mul("beta", in.input(2), in.ops().scalar(beta)).name());
    }
    in.write("Gemm", "", inputs, attributes);
  }

  private static void concat(Importing in) {
    if (in.node().inputs().size() == 1) {
      in.write("Identity", Map.of(), in.input(0));
    } else {
      in.same();
    }
  }

  private static void matMul(Importing in) {
    in.require(in.shape(0).rank() > 1 && in.shape(1).rank() > 1, "a product with a vector");
    in.same();
  }

  private static void cast(Importing in, long code) {
    DataType to =
        ElementType.of(code)
            .map(ElementType::type)
            .orElseThrow(() -> Importing.refused("a cast to element type " + code));
    if (to == in.input(0).type()) {
      in.write("Identity", Map.of(), in.input(0));
    } else {
      in.write("Cast", Map.of("to", Attribute.of((long) OnnxTypes.code(to))), in.input(0));
    }
  }

  private static void gelu(Importing in) {
    String form = in.node().text("approximate", "none");
    in.write("Gelu", Map.of("approximate", Attribute.of(form)), in.input(0));
  }

  private static void swish(Importing in) {
    Map<String, Attribute> alpha = Map.of("alpha", Attribute.of(in.node().decimal("alpha", 1f)));
    in.write("QuickGelu", io.sparklrp.graph.Node.MICROSOFT, in.node().inputs(), alpha);
  }

  private static void reshape(Importing in) {
    if (in.opset() < 5) {
      Value target = in.ops().longs(in.attribute("shape").orElseThrow());
      in.write("Reshape", Map.of(), in.input(0), target);
      return;
    }
    boolean keepsZero =
        in.node().integer("allowzero", 0) == 1
            && in.longs(1).map(t -> Arrays.stream(t).anyMatch(v -> v == 0)).orElse(false);
    in.require(!keepsZero, "an empty shape");
    in.write("Reshape", Map.of(), in.input(0), in.input(1));
  }

  private static void argMax(Importing in) {
    in.require(in.node().integer("select_last_index", 0) == 0, "select_last_index");
    Map<String, Attribute> attributes = new HashMap<>();
    attributes.put("axis", Attribute.of(in.node().integer("axis", 0)));
    attributes.put("keepdims", Attribute.of(in.node().integer("keepdims", 1)));
    in.write("ArgMax", attributes, in.input(0));
  }

  static void layerNormalization(Importing in) {
    int axis = in.shape(0).axis(in.node().integer("axis", -1));
    in.require(axis == in.shape(0).rank() - 1, "normalisation over several axes");
    Map<String, Attribute> attributes =
        Map.of(
            "axis", Attribute.of(-1L),
            "epsilon", Attribute.of(in.node().decimal("epsilon", 1e-5f)));
    in.write("LayerNormalization", "", in.node().inputs(), attributes);
  }

  private static void lpNormalization(Importing in) {
    in.require(in.node().integer("p", 2) == 2, "a norm other than 2");
    Ops ops = in.ops();
    Map<String, Attribute> keep = Map.of("keepdims", Attribute.of(1L));
    Value axes = ops.longs(in.node().integer("axis", -1));
    Value norm = ops.op("norm", "ReduceL2", keep, in.input(0), axes);
    in.write("Div", Map.of(), in.input(0), norm);
  }

  /** Max, Min and Sum of many as a chain of two at a time. */
  private static void chain(Importing in) {
    String op = in.node().op().equals("Sum") ? "Add" : in.node().op();
    int count = in.node().inputs().size();
    if (count == 1) {
      in.write("Identity", Map.of(), in.input(0));
      return;
    }
    Value all = in.input(0);
    for (int i = 1; i < count - 1; i++) {
      all = in.ops().op("first" + (i + 1), op, Map.of(), all, in.input(i));
    }
    in.write(op, Map.of(), all, in.input(count - 1));
  }
}
