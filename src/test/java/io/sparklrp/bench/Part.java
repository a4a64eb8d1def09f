package io.sparklrp.bench;

/** What the bench can measure. */
enum Part {
  /** Every method on the model that is given, and the product's throughput with it. */
  ENGINE,
  /** {@code lrp-stay} on a classifier and on a language model of twelve layers each. */
  DEEP,
  /** Time and memory that it takes to compile and to run a model of 110 million parameters. */
  FOOTPRINT,
  /** Resident memory over very many batches. */
  ENDURANCE
}
