package io.sparklrp.graph.op;

import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.Tensor;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * All that is known of one ONNX operator, in the form of opset 18: the only place where it is
 * described. Whoever asks less of an operator than it overrides here gets the safe answer: nothing
 * is known.
 *
 * <p>To add an operator: write its class here, or an instance of one that fits, add its line to
 * {@link Operators}, and an example to the test of all operators; then its rule in {@code
 * relevance}, where it is on the way of relevance.
 */
public abstract class Operator {
  /** The axis of an input that is needed whole, whatever is cut out of the output. */
  public static final int WHOLE = -1;

  /** Stands for an axis that the output no longer has. */
  public static final int GONE = -1;

  private final String name;
  private final Set<Trait> traits;

  /**
   * An operator.
   *
   * @param name its name, with its domain
   * @param traits what it does
   */
  protected Operator(String name, Trait... traits) {
    this.name = name;
    this.traits = EnumSet.noneOf(Trait.class);
    this.traits.addAll(Arrays.asList(traits));
  }

  /** A trait and others. */
  static Trait[] with(Trait one, Trait... others) {
    Trait[] all = Arrays.copyOf(others, others.length + 1);
    all[others.length] = one;
    return all;
  }

  /** The operator with its domain, as {@code Node.qualifiedOp} has it. */
  public final String name() {
    return name;
  }

  /** Whether the operator does something. */
  public final boolean is(Trait trait) {
    return traits.contains(trait);
  }

  /** Types and shapes of the outputs in the operator's order, optional ones included. */
  public abstract List<ValueType> outputs(OpInputs in);

  /**
   * The elements of the first output, where that is a small vector or matrix of whole numbers.
   *
   * @param count how many they are
   * @return the elements as far as they are known; empty where nothing is
   */
  public Optional<List<Optional<Size>>> sizes(OpInputs in, int count) {
    return Optional.empty();
  }

  /** The elements of the only output, of small constants; empty where it is not computed. */
  public Optional<double[]> fold(Folding constants) {
    return Optional.empty();
  }

  /** The only output, of constants that are computed whenever they are asked for. */
  public Optional<Tensor> foldLater(Folding constants) {
    return Optional.empty();
  }

  /**
   * Where a slice of the output along an axis comes from: the axis of each input that it is a slice
   * of, or {@link #WHOLE}; empty where the operator must see everything.
   */
  public Optional<List<Integer>> slice(OpInputs in, Shape output, int axis) {
    return Optional.empty();
  }

  /** Whether the operator is affine in an input, element by element. */
  public boolean isAffineIn(int input) {
    return is(Trait.AFFINE);
  }

  /**
   * Whether the operator is linear in the inputs that relevance goes to.
   *
   * @param active whether relevance goes to an input
   */
  public boolean isLinear(OpInputs in, IntPredicate active) {
    return is(Trait.LINEAR);
  }

  /** Inputs that say how large the output is, which may then be of any size. */
  public List<Integer> sizeInputs() {
    return List.of();
  }

  /** Whether an input is only read to tell the shape of the output. */
  public boolean readsAsShape(OpInputs in, int input) {
    return false;
  }

  /** Axes along which elements are summed or compared. */
  public List<InputAxis> mixedAxes(OpInputs in) {
    return List.of();
  }

  /** Axes along which elements are picked, joined or parted. */
  public List<InputAxis> pickedAxes(OpInputs in) {
    return List.of();
  }

  /**
   * Where an axis of the first input is in the output, place by place.
   *
   * @return the axis, or {@link #GONE} where its elements are brought together; empty where nothing
   *     is known
   */
  public OptionalInt outputAxis(OpInputs in, Shape output, int axis) {
    return OptionalInt.empty();
  }

  /**
   * Whether what is at a place along an axis of the first input is at that place along an axis of
   * the output, as far as the operator lets them be the same axis at all.
   */
  public boolean keepsPlaces(OpInputs in, int from, Shape output, int to) {
    return true;
  }

  @Override
  public final String toString() {
    return name;
  }
}
