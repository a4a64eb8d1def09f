package io.sparklrp.explain.input;

import io.sparklrp.engine.TextTokenizer;
import io.sparklrp.error.RecordException;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.ProbeRecords;
import io.sparklrp.image.ImageProcessorConfig;
import io.sparklrp.image.ImageSize;
import io.sparklrp.image.PatchLayout;
import io.sparklrp.image.PictureSource;
import io.sparklrp.image.RgbImage;
import java.util.List;
import java.util.Optional;

/**
 * A picture, read in patches.
 *
 * @param picture the column of pictures
 * @param processor size, cut and normalisation
 * @param patchSize rows, and columns, of a patch
 * @param mostPixels pictures of more are refused
 */
public record PatchesInput(
    InputColumn picture, ImageProcessorConfig processor, int patchSize, long mostPixels)
    implements InputKind {
  /** Patches where the processor does not say a picture's size. */
  private static final int USUAL = 196;

  @Override
  public List<InputColumn> columns() {
    return List.of(picture);
  }

  @Override
  public InputRecord read(List<Object> values) throws RecordException {
    if (values.get(0) == null) {
      throw new RecordException("image-missing", "Column " + picture.name() + " is null.");
    }
    return new InputRecord.Picture((PictureSource) values.get(0));
  }

  @Override
  public LengthEstimate estimate() {
    return new LengthEstimate.Fixed(longest());
  }

  @Override
  public int longest() {
    return processor
        .outputSize()
        .map(size -> (size.height() / patchSize) * (size.width() / patchSize))
        .orElse(USUAL);
  }

  @Override
  public Optional<String> layout() {
    return Optional.of(PatchLayout.of(processor, patchSize).written());
  }

  @Override
  public Stage<?> stage(StageContext context) {
    return new PatchesStage(context, this);
  }

  @Override
  public ProbeRecords probes(Optional<TextTokenizer> tokenizer) {
    ImageSize size = processor.outputSize().orElseThrow();
    return ProbeRecords.ofPictures(RgbImage.CHANNELS, size.height(), size.width(), patchSize);
  }
}
