package io.sparklrp.graph.flow;

import io.sparklrp.graph.Dim;
import io.sparklrp.graph.Graph;
import io.sparklrp.graph.Node;
import io.sparklrp.graph.Shape;
import io.sparklrp.graph.Size;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Values that say which record an element belongs to: exporters pick a record's own rows by them,
 * as pairs of a record's number and a place, or as places in the rows of all records, one after the
 * other.
 */
final class RecordNumbers {
  private static final Dim BATCH = Dim.symbol("batch");

  private final Graph graph;

  /** Values whose elements are the number of their record. */
  private final Set<String> numbers = new HashSet<>();

  /** Values whose elements are that number times a size. */
  private final Map<String, Size> offsets = new HashMap<>();

  /** Values whose elements are such an offset and a place within the size. */
  private final Map<String, Place> places = new HashMap<>();

  /** The value of the place, and the size. */
  private record Place(String within, Size size) {}

  RecordNumbers(Graph graph) {
    this.graph = graph;
  }

  /**
   * Looks at the next node.
   *
   * @param isPlace whether a value depends on nothing but places and sizes
   */
  void note(Node node, Predicate<String> isPlace) {
    switch (node.op()) {
      case "Range" -> range(node);
      case "Mul" -> {
        times(node, 0, 1);
        times(node, 1, 0);
      }
      case "Add" -> {
        plus(node, 0, 1, isPlace);
        plus(node, 1, 0, isPlace);
      }
      default -> keep(node);
    }
  }

  private void range(Node node) {
    if (is(node.input(0), Size.of(0))
        && is(node.input(1), Size.of(BATCH))
        && is(node.input(2), Size.of(1))) {
      numbers.add(node.output());
    }
  }

  private void times(Node node, int number, int size) {
    if (numbers.contains(node.input(number))) {
      one(node.input(size)).ifPresent(by -> offsets.put(node.output(), by));
    }
  }

  private void plus(Node node, int offset, int place, Predicate<String> isPlace) {
    Size size = offsets.get(node.input(offset));
    String within = node.input(place);
    if (size != null && (isPlace.test(within) || isWithin(within, size))) {
      places.put(node.output(), new Place(within, size));
    }
  }

  /** Whether a value is found among so many: by its rank along an axis, or as a remainder. */
  private boolean isWithin(String value, Size size) {
    Optional<Node> maker = graph.producer(value);
    if (maker.isEmpty()) {
      return false;
    }
    Node node = maker.get();
    return switch (node.op()) {
      case "ArgMax" -> {
        Shape shape = graph.value(node.input(0)).shape();
        yield Size.of(shape.dim((int) node.integer("axis", 0))).equals(size);
      }
      case "Mod" -> one(node.input(1)).equals(Optional.of(size));
      default -> Operators.is(node, Trait.KEEPING_ELEMENTS) && isWithin(node.input(0), size);
    };
  }

  private void keep(Node node) {
    String input = node.input(0);
    if (!Operators.is(node, Trait.KEEPING_ELEMENTS)) {
      return;
    }
    if (numbers.contains(input)) {
      numbers.add(node.output());
    }
    if (offsets.containsKey(input)) {
      offsets.put(node.output(), offsets.get(input));
    }
    if (places.containsKey(input)) {
      places.put(node.output(), places.get(input));
    }
  }

  private boolean is(String value, Size wanted) {
    return one(value).equals(Optional.of(wanted));
  }

  private Optional<Size> one(String value) {
    return graph.sizes(value).filter(all -> all.size() == 1).flatMap(all -> all.get(0));
  }

  /** Whether the elements of a value only say which record they are of. */
  boolean tell(String value) {
    return numbers.contains(value) || offsets.containsKey(value);
  }

  /** The value of the place within its record that the elements of a value say beside that. */
  Optional<String> place(String value) {
    return Optional.ofNullable(places.get(value)).map(Place::within);
  }

  /** Whether a node picks, along its first axis, what is its own record's. */
  boolean pickOwn(Node node) {
    return Operators.is(node, Trait.PICKING_BY_SEVERAL)
        ? leadIn(node.input(1))
        : node.op().equals("Gather") && isOfOwn(node);
  }

  /** Whether indices begin with the record's own number. */
  private boolean leadIn(String indices) {
    return graph
        .producer(indices)
        .filter(maker -> maker.op().equals("Concat"))
        .filter(maker -> numbers.contains(maker.input(0)))
        .isPresent();
  }

  /** Whether elements of all records' rows, one after the other, are picked by their own record. */
  private boolean isOfOwn(Node gather) {
    Place place = places.get(gather.input(1));
    Shape data = graph.value(gather.input(0)).shape();
    return place != null
        && place
            .size()
            .dim()
            .map(BATCH::times)
            .map(Size::of)
            .equals(Optional.of(Size.of(data.dim(0))));
  }
}
