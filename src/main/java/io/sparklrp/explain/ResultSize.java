package io.sparklrp.explain;

import io.sparklrp.attribution.RankedOutput;
import io.sparklrp.engine.Program;
import io.sparklrp.explain.input.EncodedInput;
import io.sparklrp.model.OutputNames;
import io.sparklrp.model.Target;

/** How many bytes the engine's results of a record take, before it is run. */
final class ResultSize {
  private static final long OBJECTS = 200;

  /** Of so many tokens one is assumed to be an entity, where not all are. */
  private static final int TOKENS_OF_AN_ENTITY = 4;

  private final Program program;
  private final Target target;
  private final boolean areAllEntities;

  ResultSize(ExplainSpec spec) {
    this.program = spec.program();
    this.target = spec.target();
    this.areAllEntities = new OutputNames(spec.card().labels()).noEntity().isEmpty();
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
      int tokens = input.record().length();
      return areAllEntities ? tokens : 1 + tokens / TOKENS_OF_AN_ENTITY;
    }
    return Math.max(1, input.asked().targets().size());
  }
}
