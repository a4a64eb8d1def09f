package io.sparklrp.explain;

import io.sparklrp.attribution.AttributionBuilder;
import io.sparklrp.attribution.OutputReading;
import io.sparklrp.engine.BatchShape;
import io.sparklrp.engine.Program;
import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.explain.input.InputKind;
import io.sparklrp.explain.run.EngineRunner;
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
  /** What is assumed of rows and targets of a record, where it can have several. */
  private static final int SEVERAL = 16;

  /** The same after the files of the program's graphs were copied into a directory. */
  public ExplainSpec in(Path directory) {
    return new ExplainSpec(program.in(directory), card, target, resolver, input);
  }

  /**
   * Native memory that the engine holds of the largest batch, beside the weights.
   *
   * @param batchTokens most tokens of a batch, padding included
   */
  public long batchBytes(int batchTokens) {
    int tokens = Math.max(1, input.longest());
    int rows = program.selectsRows() ? SEVERAL : 1;
    int targets = program.hasSeveralTargets() ? SEVERAL : 1;
    int records = Math.max(1, batchTokens / tokens);
    long one = program.explain().memory().bytes(new BatchShape(1, tokens, rows, targets));
    long all = program.explain().memory().bytes(new BatchShape(records, tokens, rows, targets));
    return Math.max(one, Math.min(all, EngineRunner.MOST_BYTES));
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
