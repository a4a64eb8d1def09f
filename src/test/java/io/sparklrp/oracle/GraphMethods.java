package io.sparklrp.oracle;

import io.sparklrp.method.Attention;
import io.sparklrp.method.Gradient;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.method.TrueGradient;
import java.util.List;

/**
 * Methods by how they can be compared: whose numbers are outputs of one graph, and which have
 * references.
 */
public final class GraphMethods {
  private GraphMethods() {}

  /** All of which fixtures have references: random numbers have none. */
  public static List<Method> withReferences() {
    return Methods.all().stream().filter(method -> method != Methods.RANDOM).toList();
  }

  /** All of which exports have references: of one of them checkpoints alone can be asked. */
  public static List<Method> ofExports() {
    return withReferences().stream().filter(method -> method != Methods.PA_ATTNLRP).toList();
  }

  /** Those whose numbers, one a token, are outputs of one graph. */
  public static List<Method> all() {
    return Methods.all().stream()
        .filter(
            method ->
                method instanceof Gradient
                    || method instanceof TrueGradient
                    || method instanceof Attention)
        .toList();
  }

  /** Those that treat attention each in a way of its own, of exports. */
  public static List<Method> ofAttention() {
    return ofExports().stream()
        .filter(
            method ->
                method instanceof Gradient || method == Methods.GAE || method == Methods.ROLLOUT)
        .toList();
  }
}
