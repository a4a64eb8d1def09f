package io.sparklrp.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.error.RecordException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is said of patches with an output is where the model saw them. */
class PatchLayoutTest {
  private static final long SEED = 11;

  private static final List<PatchLayout> LAYOUTS =
      List.of(
          new PatchLayout(Optional.empty(), Optional.empty(), 4),
          new PatchLayout(
              Optional.of(new TargetSize.Exact(new ImageSize(32, 48))), Optional.empty(), 16),
          new PatchLayout(
              Optional.of(new TargetSize.ShortestEdge(40)), Optional.of(new ImageSize(32, 32)), 8),
          new PatchLayout(Optional.empty(), Optional.of(new ImageSize(64, 64)), 16));

  @Test
  void whatIsWrittenIsRead() {
    for (PatchLayout layout : LAYOUTS) {
      assertThat(PatchLayout.parse(layout.written())).contains(layout);
    }
    assertThat(LAYOUTS.get(2).written()).isEqualTo("resized=40 cropped=32x32 patch=8");
  }

  @Test
  void whatIsNoLayoutIsNone() {
    for (String other :
        List.of(
            "",
            "patch=0",
            "patch=-1",
            "patch=16 patch=16",
            "patch=16 more=1",
            "resized=0x3 patch=4",
            "resized=99999999999 patch=4",
            "cropped=3 patch=4",
            "resized=2x2x2 patch=4",
            "patch=16\n")) {
      assertThat(PatchLayout.parse(other)).as(other).isEmpty();
    }
  }

  @Test
  void patchesLieWhereTheModelSawThem() throws RecordException {
    Random random = new Random(SEED);
    for (int i = 0; i < 20; i++) {
      ImageSize size = new ImageSize(40 + random.nextInt(60), 40 + random.nextInt(60));
      RgbImage picture = new RgbImage(size, RgbImage.room(size));
      for (PatchLayout layout : LAYOUTS) {
        ImageProcessorConfig processor =
            new ImageProcessorConfig(
                layout.resized().orElse(null),
                Resampling.BILINEAR,
                layout.cropped().orElse(null),
                Normalization.none());
        PatchGrid seen =
            new ImagePreprocessor(processor).process(picture).patches(layout.patchSize());
        PatchGrid told = PatchLayout.of(processor, layout.patchSize()).grid(size);
        assertThat(told.patches()).as("seed %d, %s", SEED, layout).isEqualTo(seen.patches());
        for (int patch = 0; patch < seen.patches(); patch++) {
          assertThat(told.rectangle(patch)).isEqualTo(seen.rectangle(patch));
        }
      }
    }
  }

  @Test
  void aPictureInWhichNoPatchFitsIsRefused() {
    assertThatThrownBy(() -> LAYOUTS.get(0).grid(new ImageSize(3, 9)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
