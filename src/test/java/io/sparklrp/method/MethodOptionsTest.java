package io.sparklrp.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.UserMessage;
import io.sparklrp.relevance.LedgerDetail;
import io.sparklrp.relevance.RowShare;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What users say of a method beside its name. */
class MethodOptionsTest {
  private static MethodOptions of(String name, String value) {
    return MethodOptions.of(Map.of(name, value));
  }

  @Test
  void nothingSaidLeavesMethodsAsTheyAre() {
    Methods.all()
        .forEach(method -> assertThat(MethodOptions.NONE.method(method.id())).isSameAs(method));
    assertThat(MethodOptions.NONE.parameters()).isEmpty();
    assertThat(MethodOptions.NONE.detail()).isEqualTo(LedgerDetail.LAYER);
  }

  @Test
  void whatIsSaidIsDone() {
    assertThat(((IntegratedGradients) of("steps", "7").method("integrated-gradients")).steps())
        .isEqualTo(7);
    assertThat(
            ((IntegratedGradients) of("baseline", "pad").method("integrated-gradients"))
                .isFromPadding())
        .isTrue();
    assertThat(of("baseline", "zero").method("integrated-gradients"))
        .isEqualTo(Methods.INTEGRATED_GRADIENTS);
    assertThat(((AttentionFlow) of("flow", "normalised").method("attention-flow")).isNormalised())
        .isTrue();
    assertThat(((AttentionFlow) of("flow", "summed").method("attention-flow")).isNormalised())
        .isFalse();
    assertThat(((RandomNumbers) of("seed", "-3").method("random")).seed()).isEqualTo(-3);
    assertThat(of("ledger", "by-cause").detail()).isEqualTo(LedgerDetail.CAUSE);
    assertThat(((Gradient) of("gamma", "0.25").method("lrp")).layers()).isPresent();
    assertThat(of("epsilon", "0.1").method("lrp-stay").variant()).contains("epsilon 0.1");
    assertThat(of("stay", "0.75-0.25").method("lrp-stay").variant()).contains("0.75", "0.25");
    assertThat(of("stay", ".5").method("lrp-stay").variant()).isEmpty();
    assertThat(of("stay-query", "0.25").method("lrp-stay").variant()).contains("0.25", "attends");
    assertThat(of("stay-query", "0").method("lrp-stay")).isEqualTo(Methods.LRP_STAY);
    assertThat(of("bias", "per-token").detail()).isEqualTo(LedgerDetail.TOKEN);
    assertThat(((Gradient) of("bias", "to-tokens").method("lrp")).shares())
        .containsExactly(RowShare.CONSTANTS);
    assertThat(of("bias", "by-layer").method("lrp")).isEqualTo(Methods.LRP);
  }

  @Test
  void parametersSayTheSame() {
    Map<String, String> all =
        Map.of(
            "steps",
            "7",
            "flow",
            "summed",
            "seed",
            "5",
            "gamma",
            "0.25",
            "epsilon",
            "0.1",
            "ledger",
            "by-cause");
    assertThat(MethodOptions.of(all).parameters()).isEqualTo(all);
  }

  @Test
  void whatAMethodDoesNotHaveIsRefused() {
    UserMessage.of(() -> of("steps", "7").method("lrp")).contains("--steps 7", "lrp");
    UserMessage.of(() -> of("baseline", "pad").method("lrp")).contains("--baseline pad");
    UserMessage.of(() -> of("flow", "summed").method("rollout")).contains("--flow summed");
    UserMessage.of(() -> of("seed", "7").method("lrp")).contains("--seed 7");
    UserMessage.of(() -> of("gamma", "0.25").method("attnlrp"))
        .contains("--gamma 0.25", "lrp-stay");
    UserMessage.of(() -> of("stay", "0.3").method("lrp")).contains("--stay 0.3", "lrp-stay");
    UserMessage.of(() -> of("stay-query", "0.5").method("lrp")).contains("--stay-query 0.5");
    UserMessage.of(() -> of("bias", "to-tokens").method("rollout")).contains("--bias to-tokens");
    UserMessage.of(() -> of("ledger", "by-cause").method("saliency")).contains("--ledger by-cause");
  }

  @Test
  void whatThereIsNotIsRefused() {
    UserMessage.of(() -> of("flow", "halved").method("attention-flow")).contains("normalised");
    UserMessage.of(() -> of("baseline", "blank").method("integrated-gradients")).contains("zero");
    for (String part : List.of("1", "0.99999999", "-0.5", "0.5-1", "half", "0.5-", "NaN")) {
      UserMessage.of(() -> of("stay", part).method("lrp-stay")).contains("--stay " + part);
    }
    for (String part : List.of("1.1", "-0.5", "NaN")) {
      UserMessage.of(() -> of("stay-query", part).method("lrp-stay"))
          .contains("--stay-query " + part);
    }
    UserMessage.of(() -> of("ledger", "by-colour").method("lrp")).contains("by-cause");
    UserMessage.of(() -> of("gamma", "-1").method("lrp")).contains("--gamma -1");
    UserMessage.of(() -> MethodOptions.of(Map.of("gamma", "1", "epsilon", "1")).method("lrp"))
        .contains("together");
    UserMessage.of(() -> of("steps", "0").method("integrated-gradients")).contains("--steps 0");
  }

  @Test
  void methodsAreWrittenWithTheirOptions() {
    assertThat(MethodOptions.written("lrp", 3)).isSameAs(Methods.LRP);
    assertThat(MethodOptions.written("lrp-stay:gamma=0.25", 3).variant()).contains("gamma 0.25");
    assertThat(((RandomNumbers) MethodOptions.written("random", 3)).seed()).isEqualTo(3);
    assertThat(((RandomNumbers) MethodOptions.written("random:seed=4", 3)).seed()).isEqualTo(4);
    assertThat(MethodOptions.written("lrp-stay:stay=0.75-0.25:bias=to-tokens", 3).variant())
        .contains("0.75", "constants");
    UserMessage.of(() -> MethodOptions.written("lrp:bias=per-token", 0)).contains("to-tokens");
    UserMessage.of(() -> MethodOptions.written("lrp:gama=1", 0)).contains("'gama=1'", "gamma");
    UserMessage.of(() -> MethodOptions.written("lrp:gamma=much", 0)).contains("lrp:gamma=much");
    UserMessage.of(() -> MethodOptions.written("shap:gamma=1", 0)).contains("'shap'");
  }
}
