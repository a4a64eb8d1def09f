package io.sparklrp.forward.block;

import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;

/**
 * Where a block is written: operators named like the checkpoint's module, and the tensors to take.
 *
 * @param ops writes operators under the module's name
 * @param parameters the checkpoint's tensors
 * @param module the module's name in the checkpoint, such as {@code bert.encoder.layer.0.output}
 */
public record Block(Ops ops, Parameters parameters, String module) {
  /** The block of a module inside this one. */
  public Block in(String child) {
    return new Block(ops.in(child), parameters, module + "." + child);
  }

  /** Whether the checkpoint has such a parameter of the module. */
  public boolean has(String name) {
    return parameters.has(module + "." + name);
  }

  /** The constant of some rows or columns of one of the module's parameters. */
  public Value part(String name, int axis, long from, long count, long... shape) {
    String full = module + "." + name;
    return ops.builder()
        .shared(full + "#" + from + "+" + count, parameters.part(full, axis, from, count, shape));
  }

  /** The constant of one of the module's parameters. */
  public Value parameter(String name, long... shape) {
    String full = module + "." + name;
    return ops.builder().shared(full, parameters.get(full, shape));
  }
}
