package io.sparklrp.explain;

import io.sparklrp.engine.BatchShape;
import io.sparklrp.engine.OperationFunction;
import io.sparklrp.engine.Program;
import io.sparklrp.explain.input.LengthEstimate;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.model.Target;
import java.io.Serializable;
import java.util.List;

/**
 * How much there is to compute for a record, as far as its columns tell without a tokenizer.
 *
 * @param lengths how many tokens it has
 * @param operations what the engine computes for so many
 * @param rows rows of outputs that a record reads
 * @param targets of a record
 */
public record WorkEstimate(
    LengthEstimate lengths, OperationFunction operations, int rows, int targets)
    implements Serializable {
  /** What is assumed of rows and targets of a record, where each has its own number of them. */
  private static final int SEVERAL = 16;

  /** That of what is explained. */
  public static WorkEstimate of(ExplainSpec spec) {
    Program program = spec.program();
    boolean hasOwnRows = program.selectsRows() && spec.target() instanceof Target.Completion;
    return new WorkEstimate(
        spec.input().estimate(),
        program.operations(),
        hasOwnRows ? SEVERAL : 1,
        program.hasSeveralTargets() ? targets(spec.target(), program.outputs()) : 1);
  }

  private static int targets(Target target, int outputs) {
    if (target instanceof Target.Top top) {
      return Math.min(top.count(), outputs);
    }
    if (target instanceof Target.Several several) {
      return several.parts().size();
    }
    return target instanceof Target.All ? outputs : SEVERAL;
  }

  /** The columns whose characters tell. */
  public List<String> columns() {
    return lengths.columns();
  }

  /** Tokens of a record, of which the columns have so many characters. */
  public double tokens(long... characters) {
    return lengths.tokens(characters);
  }

  /** What the engine computes for a record, of which the columns have so many characters. */
  public double operations(long... characters) {
    return lengths.cost(this::ofRun, characters);
  }

  /** What the engine computes for a record; for one that cannot be read, as if it were empty. */
  public double operations(Outcome<InputRecord> record) {
    long[] characters = new long[columns().size()];
    if (record.failure().isEmpty() && characters.length > 0) {
      if (record.value() instanceof InputRecord.Text text) {
        characters[0] = length(text.text());
      } else if (record.value() instanceof InputRecord.Pair pair) {
        characters[0] = length(pair.text());
        characters[1] = length(pair.second());
      }
    }
    return operations(characters);
  }

  /** As Spark counts. */
  private static long length(String text) {
    return text.codePointCount(0, text.length());
  }

  private double ofRun(double tokens) {
    return operations.operations(new BatchShape(1, (int) Math.ceil(tokens), rows, targets));
  }
}
