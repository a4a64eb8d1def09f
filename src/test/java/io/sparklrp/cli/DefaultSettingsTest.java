package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.spark.settings.ExplainSettings;
import io.sparklrp.spark.settings.GateSettings;
import io.sparklrp.spark.settings.InputSettings;
import io.sparklrp.spark.settings.Limits;
import io.sparklrp.spark.settings.ModelSettings;
import io.sparklrp.spark.settings.OnError;
import io.sparklrp.spark.settings.OutputSettings;
import io.sparklrp.spark.settings.RecordColumns;
import io.sparklrp.table.Omission;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** The command line and a program get the same settings, whether they say them or not. */
class DefaultSettingsTest {
  private static ExplainSettings parsed(String... more) {
    String[] few = {"--model", "demo", "--input", "in", "--output", "out"};
    ExplainCommand command = new ExplainCommand();
    new CommandLine(command)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .parseArgs(CommandRun.join(few, more));
    return command.settings();
  }

  private static ExplainSettings.Builder built() {
    return ExplainSettings.builder(
        ModelSettings.of("demo"),
        InputSettings.files("in").build(),
        OutputSettings.files("out").build());
  }

  private static ExplainSettings everythingSaid() {
    return ExplainSettings.builder(
            ModelSettings.builder("demo").at("a").modelOutput("b").pooling("mean").build(),
            InputSettings.files("in")
                .format("json")
                .options(Map.of("k", "v"))
                .columns(List.of("c", "d"))
                .where("c > 1")
                .limit(7)
                .build(),
            OutputSettings.files("out")
                .format("orc")
                .options(Map.of("l", "w"))
                .partitionBy(List.of("c"))
                .mode("append")
                .prefix("p_")
                .without(Set.of(Omission.WORDS))
                .build())
        .columns(RecordColumns.builder().text("t").pair("u").image("i").id("n").build())
        .method("lrp")
        .targets(List.of("x", "y"))
        .limits(Limits.builder().maxLength(9).stride(2).maxPixels(100).batchTokens(64).build())
        .gates(GateSettings.builder().onError(OnError.DROP).maxErrorRate(0.5).build())
        .dryRun(true)
        .build();
  }

  @Test
  void whatIsNotSaidIsTheSame() {
    assertThat(parsed()).isEqualTo(built().build());
  }

  @Test
  void whatIsSaidIsTheSame() {
    String said =
        "--at a --model-output b --pooling mean --input-format json --read-option k=v --columns c,d"
            + " --limit 7 --output-format orc --write-option l=w --partition-by c --mode append"
            + " --output-prefix p_ --without words --text-column t --text-pair-column u"
            + " --image-column i --id-column n --method lrp --target x --target y --max-length 9"
            + " --stride 2 --max-pixels 100 --batch-tokens 64 --on-error drop --max-error-rate 0.5"
            + " --dry-run";
    assertThat(parsed(CommandRun.join(said.split(" "), "--where", "c > 1")))
        .isEqualTo(everythingSaid());
  }

  @Test
  void theyGoToOtherMachines() throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(everythingSaid());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(everythingSaid());
    }
  }
}
