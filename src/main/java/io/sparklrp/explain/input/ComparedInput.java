package io.sparklrp.explain.input;

import java.util.List;

/**
 * Two texts that are compared: the model reads each by itself.
 *
 * @param text the column of first texts
 * @param second the column of second texts
 * @param maxLength most tokens of each
 */
public record ComparedInput(InputColumn text, InputColumn second, int maxLength)
    implements TextsInput {
  @Override
  public List<InputColumn> columns() {
    return List.of(text, second);
  }

  @Override
  public LengthEstimate estimate() {
    return new LengthEstimate.Each(names(), maxLength);
  }

  @Override
  public int longest() {
    return maxLength;
  }

  @Override
  public Stage<?> stage(StageContext context) {
    return new ComparedStage(context);
  }
}
