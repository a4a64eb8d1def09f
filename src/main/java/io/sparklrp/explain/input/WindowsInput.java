package io.sparklrp.explain.input;

import io.sparklrp.explain.window.DocumentRule;
import io.sparklrp.explain.window.EncodedWindows;
import java.util.List;

/**
 * One text, or two of which the second is long, read in overlapping windows.
 *
 * @param columns the column of texts, and that of second texts where there is one
 * @param longest most tokens of a window
 * @param stride tokens that consecutive windows share
 * @param rule how the target is explained in a document
 */
public record WindowsInput(List<InputColumn> columns, int longest, int stride, DocumentRule rule)
    implements TextsInput {
  /** Copies. */
  public WindowsInput {
    columns = List.copyOf(columns);
  }

  @Override
  public LengthEstimate estimate() {
    return new LengthEstimate.InWindows(names(), longest, stride, EncodedWindows.MOST_WINDOWS);
  }

  @Override
  public Stage<?> stage(StageContext context) {
    return new WindowsStage(context, rule);
  }
}
