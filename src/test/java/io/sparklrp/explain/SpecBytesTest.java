package io.sparklrp.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.explain.run.RunListener;
import io.sparklrp.oracle.GoldenFixture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.URL;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecBytesTest {

  @ParameterizedTest
  @CsvSource({
    "bert-seqcls, predicted, false",
    "bert-tokcls, entities, false",
    "bert-qa, span, true",
    "vit-imgcls, all, false",
    "llama-clm, top:3, false"
  })
  void nothingIsLostOnTheWay(String fixture, String target, boolean hasPair) {
    ExplainSpec spec = SampleSpec.of(GoldenFixture.of(fixture).directory(), target, hasPair);
    byte[] bytes = SpecBytes.write(spec);
    ExplainSpec read = SpecBytes.read(bytes);
    assertThat(read).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(spec);
    assertThat(SpecBytes.write(read)).isEqualTo(bytes);
  }

  @Test
  void whatWasReadExplainsTheSame() {
    ExplainSpec spec = SampleSpec.demo("predicted");
    List<InputRecord> records = List.of(new InputRecord.Text("a wonderful film"));
    assertThat(
            SampleSpec.explain(
                SpecBytes.read(SpecBytes.write(spec)),
                BufferLimits.USUAL,
                RunListener.NONE,
                records))
        .usingRecursiveComparison()
        .isEqualTo(SampleSpec.explain(spec, BufferLimits.USUAL, RunListener.NONE, records));
  }

  @Test
  void classesOfOthersAreNotRead() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new URL("http://example.org/"));
    }
    assertThatThrownBy(() -> SpecBytes.read(bytes.toByteArray()))
        .hasRootCauseMessage("java.net.URL; it is none of ours");
  }
}
