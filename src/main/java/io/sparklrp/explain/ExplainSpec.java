package io.sparklrp.explain;

import io.sparklrp.attribution.AttributionBuilder;
import io.sparklrp.attribution.OutputReading;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.explain.input.InputKind;
import io.sparklrp.model.ModelCard;
import io.sparklrp.model.Target;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is explained: the model, what is asked of it, and what it reads. All that an executor needs,
 * beside the records.
 *
 * @param program what the engine runs
 * @param card what is known of the model
 * @param target which output is explained
 * @param resolver says what the target means for a record
 * @param input what a record is
 */
public record ExplainSpec(
    Program program, ModelCard card, Target target, TargetResolver resolver, InputKind input)
    implements Serializable {
  /** The same after the files of the program's graphs were copied into a directory. */
  public ExplainSpec in(Path directory) {
    return new ExplainSpec(program.in(directory), card, target, resolver, input);
  }

  /**
   * Makes what comes out of what the engine found.
   *
   * @param tokenizer the model's; empty for models of images
   */
  AttributionBuilder attributions(Optional<TextTokenizer> tokenizer) {
    OutputReading reading =
        OutputReading.of(
            card, target, program.outputs(), ids -> tokenizer.orElseThrow().decode(ids));
    return new AttributionBuilder(reading, program.ledgerEntries());
  }
}
