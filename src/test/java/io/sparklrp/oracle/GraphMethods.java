package io.sparklrp.oracle;

import io.sparklrp.method.Attention;
import io.sparklrp.method.Gradient;
import io.sparklrp.method.Method;
import io.sparklrp.method.Methods;
import io.sparklrp.method.TrueGradient;
import java.util.List;

/** The methods whose numbers, one a token, are outputs of one graph. */
public final class GraphMethods {
  private GraphMethods() {}

  public static List<Method> all() {
    return Methods.all().stream()
        .filter(
            method ->
                method instanceof Gradient
                    || method instanceof TrueGradient
                    || method instanceof Attention)
        .toList();
  }
}
