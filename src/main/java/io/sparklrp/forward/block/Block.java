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

  /** The constant of one of the module's parameters. */
  public Value parameter(String name, long... shape) {
    String full = module + "." + name;
    return ops.builder().shared(full, parameters.get(full, shape));
  }
}
