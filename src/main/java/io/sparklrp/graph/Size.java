package io.sparklrp.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An element of a vector of sizes, such as the target of a Reshape: a whole number, which may be
 * negative, times symbols.
 *
 * @param factor the number
 * @param symbols the symbols in sorted order, with repetitions
 */
public record Size(long factor, List<String> symbols) {
  /** Sorts; zero has no symbols. */
  public Size {
    if (symbols.size() > Dim.MOST_SYMBOLS) {
      throw new ArithmeticException("a size of " + symbols.size() + " factors");
    }
    symbols = factor == 0 ? List.of() : symbols.stream().sorted().toList();
  }

  /** A known number. */
  public static Size of(long number) {
    return new Size(number, List.of());
  }

  /** The size of a dimension. */
  public static Size of(Dim dim) {
    return new Size(dim.factor(), dim.symbols());
  }

  /** Whether the number is known. */
  public boolean isFixed() {
    return symbols.isEmpty();
  }

  /** The dimension of this size; empty where it is negative. */
  public Optional<Dim> dim() {
    return factor < 0 ? Optional.empty() : Optional.of(new Dim(factor, symbols));
  }

  /** The sum; empty where it is no product of a number and symbols. */
  public Optional<Size> plus(Size other) {
    if (factor == 0) {
      return Optional.of(other);
    }
    return other.factor == 0 || symbols.equals(other.symbols)
        ? Optional.of(new Size(Math.addExact(factor, other.factor), symbols))
        : Optional.empty();
  }

  /** The same with its sign changed. */
  public Size negated() {
    return new Size(Math.negateExact(factor), symbols);
  }

  /** The product. */
  public Size times(Size other) {
    List<String> all = new ArrayList<>(symbols);
    all.addAll(other.symbols);
    return new Size(Math.multiplyExact(factor, other.factor), all);
  }

  /** The quotient as ONNX rounds it, towards zero; empty where it cannot be told. */
  public Optional<Size> dividedBy(Size divisor) {
    if (divisor.factor == 0 || (!isFixed() && factor % divisor.factor != 0)) {
      return Optional.empty();
    }
    if (factor == Long.MIN_VALUE && divisor.factor == -1) {
      throw new ArithmeticException("long overflow");
    }
    List<String> left = new ArrayList<>(symbols);
    for (String symbol : divisor.symbols) {
      if (!left.remove(symbol)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Size(factor / divisor.factor, left));
  }

  /** Whether both are equal; empty where that depends on the symbols. */
  public Optional<Boolean> isEqualTo(Size other) {
    if (symbols.equals(other.symbols)) {
      return Optional.of(factor == other.factor);
    }
    boolean differInSign = (factor < 0) != (other.factor < 0);
    return differInSign ? Optional.of(false) : Optional.empty();
  }
}
