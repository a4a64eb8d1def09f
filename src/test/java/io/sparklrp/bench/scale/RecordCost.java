package io.sparklrp.bench.scale;

/**
 * What a record takes of one core.
 *
 * @param shape the model
 * @param speed of the engine
 * @param padding tokens that fill batches up, beside one that is real
 * @param secondsBeside of a token, for all that is not the engine: reading, tokens, rows, files
 */
record RecordCost(ModelShape shape, EngineSpeed speed, double padding, double secondsBeside) {
  /** Seconds of a record of so many tokens. */
  double seconds(double tokens) {
    return speed.seconds(shape, tokens) * (1 + padding) + secondsBeside * tokens;
  }
}
