package io.sparklrp.graph.pass;

/** Is told of each pass what it did. */
@FunctionalInterface
public interface PassLog {
  /** For those whom it does not concern. */
  PassLog NONE = step -> {};

  /** A pass was run, or left out. */
  void ran(PassStep step);
}
