package io.sparklrp.explain.input;

import io.sparklrp.error.RecordException;
import io.sparklrp.explain.InputRecord;
import io.sparklrp.explain.run.Outcome;
import io.sparklrp.image.ImageDecoder;
import io.sparklrp.image.ImagePreprocessor;
import io.sparklrp.image.ModelImage;
import io.sparklrp.image.RgbImage;
import io.sparklrp.record.EncodedPicture;
import io.sparklrp.record.PatchPixels;
import io.sparklrp.record.RecordRelevance;
import java.util.List;

/** Decodes pictures and runs them. */
final class PatchesStage implements Stage<WholeInput> {
  private final StageContext context;
  private final OwnOutputs outputs;
  private final ImageDecoder decoder;
  private final ImagePreprocessor preprocessor;
  private final int patchSize;

  PatchesStage(StageContext context, PatchesInput input) {
    this.context = context;
    this.outputs = new OwnOutputs(context);
    this.decoder = new ImageDecoder(input.mostPixels());
    this.preprocessor = new ImagePreprocessor(input.processor());
    this.patchSize = input.patchSize();
  }

  @Override
  public WholeInput encode(InputRecord record) throws RecordException {
    if (!(record instanceof InputRecord.Picture picture)) {
      throw new IllegalArgumentException("The model reads pictures, and the record has none.");
    }
    int own = outputs.of(record.own());
    ModelImage image = preprocessor.process(picture.source().open(decoder));
    PatchPixels pixels =
        new PatchPixels(
            image.values(), RgbImage.CHANNELS, image.size().height(), image.size().width());
    EncodedPicture encoded = new EncodedPicture(pixels, patchSize);
    return new WholeInput(encoded, context.resolver().resolve(own));
  }

  @Override
  public List<Outcome<List<RecordRelevance>>> run(List<WholeInput> inputs) {
    return context.runner().explain(inputs.stream().map(WholeInput::toRun).toList());
  }
}
