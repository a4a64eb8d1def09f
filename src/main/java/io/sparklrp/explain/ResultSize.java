package io.sparklrp.explain;

import io.sparklrp.attribution.RankedOutput;
import io.sparklrp.engine.Program;
import io.sparklrp.explain.input.EncodedInput;
import io.sparklrp.model.Target;

/** How many bytes the engine's results of a record take, before it is run. */
final class ResultSize {
  private static final long OBJECTS = 200;

  /** What is assumed of targets whose number only the model knows. */
  private static final int SOME = 8;

  private final Program program;
  private final Target target;

  ResultSize(Program program, Target target) {
    this.program = program;
    this.target = target;
  }

  long of(EncodedInput input) {
    long tokens = input.record().length();
    long rows =
        program.explain().isByToken() ? tokens : Math.max(1, input.asked().positions().length);
    long kept = program.explain().isRanked() ? RankedOutput.HIGHEST : program.outputs();
    long each = OBJECTS + Float.BYTES * (tokens + program.ledgerEntries().size());
    return Float.BYTES * rows * kept + targets(input) * each;
  }

  private long targets(EncodedInput input) {
    if (target instanceof Target.Top top) {
      return (long) top.count() * Math.max(1, input.asked().positions().length);
    }
    if (target instanceof Target.Entities) {
      return SOME;
    }
    return Math.max(1, input.asked().targets().size());
  }
}
