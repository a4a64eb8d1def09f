package io.sparklrp.relevance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.graph.op.Operator;
import io.sparklrp.graph.op.Operators;
import io.sparklrp.graph.op.Trait;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Operators and rules agree on what is linear. */
class LinearOperatorsTest {
  @Test
  void everyLinearOperatorHasItsRuleAndNoOther() {
    assertThat(RuleSet.linear())
        .isEqualTo(
            Operators.all().stream()
                .filter(operator -> operator.is(Trait.LINEAR))
                .map(Operator::name)
                .collect(Collectors.toSet()));
  }
}
