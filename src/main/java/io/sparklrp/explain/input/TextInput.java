package io.sparklrp.explain.input;

import java.util.List;

/**
 * One text, which is cut to the longest length.
 *
 * @param text the column of texts
 * @param maxLength most tokens of a record
 */
public record TextInput(InputColumn text, int maxLength) implements TextsInput {
  @Override
  public List<InputColumn> columns() {
    return List.of(text);
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
