package io.sparklrp.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * One dimension of a shape: a product of a whole number and symbols, such as {@code 384}, {@code
 * batch} or {@code 12*batch}. Products are enough to follow reshapes that split and merge axes.
 *
 * @param factor the number, at least 0
 * @param symbols the symbols in sorted order, with repetitions
 */
public record Dim(long factor, List<String> symbols) {
  /** More can only come from a graph that multiplies sizes again and again. */
  static final int MOST_SYMBOLS = 64;

  /** Checks and sorts. */
  public Dim {
    if (factor < 0) {
      throw new IllegalArgumentException(
          "Cannot make a dimension of " + factor + ": it is negative.");
    }
    if (symbols.size() > MOST_SYMBOLS) {
      throw new ArithmeticException("a dimension of " + symbols.size() + " factors");
    }
    symbols = symbols.stream().sorted().toList();
  }

  /** A dimension whose size is known. */
  public static Dim of(long size) {
    return new Dim(size, List.of());
  }

  /** A dimension known by name only. */
  public static Dim symbol(String name) {
    return new Dim(1, List.of(name));
  }

  /** Whether the size is known. */
  public boolean isFixed() {
    return symbols.isEmpty();
  }

  /**
   * Whether the size is known or made of the inputs' dimensions: those of nodes have a {@code #}.
   */
  public boolean isKnown() {
    return symbols.stream().noneMatch(symbol -> symbol.contains("#"));
  }

  /** Whether this is the number 1, which broadcasts. */
  public boolean isOne() {
    return isFixed() && factor == 1;
  }

  /** The known size. */
  public long size() {
    if (!isFixed()) {
      throw new IllegalStateException(
          "Cannot take the size of dimension " + this + ": it is not fixed.");
    }
    return factor;
  }

  /** The product of both. */
  public Dim times(Dim other) {
    List<String> all = new ArrayList<>(symbols);
    all.addAll(other.symbols);
    return new Dim(Math.multiplyExact(factor, other.factor), all);
  }

  /** The quotient, or empty where it is not a product of a whole number and symbols. */
  public Optional<Dim> dividedBy(Dim divisor) {
    if (divisor.factor == 0 || factor % divisor.factor != 0) {
      return Optional.empty();
    }
    List<String> left = new ArrayList<>(symbols);
    for (String symbol : divisor.symbols) {
      if (!left.remove(symbol)) {
        return Optional.empty();
      }
    }
    return Optional.of(new Dim(factor / divisor.factor, left));
  }

  @Override
  public String toString() {
    if (isFixed()) {
      return Long.toString(factor);
    }
    String product = String.join("*", Collections.unmodifiableList(symbols));
    return factor == 1 ? product : factor + "*" + product;
  }
}
