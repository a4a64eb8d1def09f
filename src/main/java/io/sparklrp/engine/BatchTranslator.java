package io.sparklrp.engine;

import ai.djl.ndarray.NDList;
import ai.djl.translate.Batchifier;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;

/** Pads a batch for the engine, and has what comes back read. */
final class BatchTranslator<T> implements NoBatchifyTranslator<TokenBatch, T> {
  private static final String BATCH = "batch";

  private final Program program;
  private final RoleGraph graph;
  private final OutputReader<T> reader;

  BatchTranslator(Program program, RoleGraph graph, OutputReader<T> reader) {
    this.program = program;
    this.graph = graph;
    this.reader = reader;
  }

  @Override
  public Batchifier getBatchifier() {
    return null;
  }

  @Override
  public NDList processInput(TranslatorContext context, TokenBatch batch) {
    context.setAttachment(BATCH, batch);
    return new BatchInputs(context.getNDManager(), batch, program, graph).all();
  }

  @Override
  public T processOutput(TranslatorContext context, NDList list) {
    TokenBatch batch = (TokenBatch) context.getAttachment(BATCH);
    return reader.read(list, batch, program.batching().width(batch));
  }
}
