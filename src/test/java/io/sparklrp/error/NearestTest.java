package io.sparklrp.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> NAMES = List.of("lrp", "lrp-stay", "attnlrp", "text");

  @Test
  void oneLetterInThreeMayBeWrong() {
    assertThat(Nearest.to("lrpstay", NAMES)).contains("lrp-stay");
    assertThat(Nearest.to("TEXT", NAMES)).contains("text");
    assertThat(Nearest.to("txt", NAMES)).contains("text");
    assertThat(Nearest.to("attn-lrp", NAMES)).contains("attnlrp");
  }

  @Test
  void whatIsFarIsNotMeant() {
    assertThat(Nearest.to("shap", NAMES)).isEmpty();
    assertThat(Nearest.to("review", NAMES)).isEmpty();
    assertThat(Nearest.to("", List.of())).isEmpty();
  }
}
