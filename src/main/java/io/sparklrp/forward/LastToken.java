package io.sparklrp.forward;

import io.sparklrp.forward.block.Positions;
import io.sparklrp.graph.Attribute;
import io.sparklrp.graph.DataType;
import io.sparklrp.graph.Ops;
import io.sparklrp.graph.Value;
import java.util.Map;

/** The heads of decoders that read the last token of each record. */
final class LastToken {
  private LastToken() {}

  /** A classifier without a bias on the last token that is not padding, [batch, classes]. */
  static Value classes(Draft draft, String module, Value hidden) {
    Ops ops = draft.ops(module, Scopes.HEAD);
    Value row = ops.matMul("last_token", selection(draft, ops), hidden);
    long labels = draft.config().labels().size();
    Value weight = draft.parameter(module + ".weight", labels, hidden.shape().dim(-1).size());
    return draft.single(ops, ops.fusedMatMul("scores", row, false, weight, true, 1f));
  }

  /** Zeros and a one at the last token, [batch, 1, sequence]. */
  private static Value selection(Draft draft, Ops ops) {
    Value real = draft.mask();
    if (draft.config().has("pad_token_id")) {
      long padding = draft.config().signed("pad_token_id", 0);
      Value isPadding = ops.binary("is_padding", "Equal", draft.ids(), ops.integer(padding));
      Value other = ops.cast("no_padding", ops.unary("other", "Not", isPadding), DataType.INT64);
      real = ops.mul("real", real, other);
    }
    Value places = ops.mul("places", real, Positions.range(ops, draft.ids()));
    Value floats = ops.cast("float_places", places, DataType.FLOAT32);
    Value last =
        ops.op(
            "last",
            "ArgMax",
            Map.of("axis", Attribute.of(1L), "keepdims", Attribute.of(1L)),
            floats);
    Value depth = ops.dimension("length", draft.ids(), 1);
    return ops.oneHot("selection", last, depth);
  }
}
