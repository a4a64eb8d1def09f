package io.sparklrp.explain.input;

import java.util.List;

/**
 * Two texts that the model reads together, and which are cut to the longest length.
 *
 * @param text the column of first texts
 * @param second the column of second texts
 * @param maxLength most tokens of both
 */
public record PairInput(InputColumn text, InputColumn second, int maxLength) implements TextsInput {
  @Override
  public List<InputColumn> columns() {
    return List.of(text, second);
  }

  @Override
  public int longest() {
    return maxLength;
  }

  @Override
  public Stage<?> stage(StageContext context) {
    return new TextStage(context);
  }
}
