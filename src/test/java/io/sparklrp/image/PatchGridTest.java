package io.sparklrp.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchGridTest {

  private static Placement resized(int height, int width, int side) {
    ImageSize input = new ImageSize(side, side);
    return new Placement(new ImageSize(height, width), input, 0, 0, input);
  }

  @Test
  void patchesOfAResizedPicture() {
    PatchGrid grid = new PatchGrid(resized(480, 640, 32), 8);
    assertThat(grid.rows()).isEqualTo(4);
    assertThat(grid.columns()).isEqualTo(4);
    assertThat(grid.patches()).isEqualTo(16);
    assertThat(grid.rectangle(0, 0)).isEqualTo(new PixelRectangle(0, 0, 160, 120));
    assertThat(grid.rectangle(1, 3)).isEqualTo(new PixelRectangle(480, 120, 640, 240));
    assertThat(grid.rectangle(7)).isEqualTo(grid.rectangle(1, 3));
  }

  /** Together the patches are the picture, and none lies over another. */
  @Test
  void patchesCoverTheWholePicture() {
    Random random = new Random(6);
    for (int i = 0; i < 50; i++) {
      int height = 1 + random.nextInt(900);
      int width = 1 + random.nextInt(900);
      PatchGrid grid = new PatchGrid(resized(height, width, 48), 16);
      double area = 0;
      for (int patch = 0; patch < grid.patches(); patch++) {
        PixelRectangle part = grid.rectangle(patch);
        assertThat(part.isEmpty()).isFalse();
        area += (part.x1() - part.x0()) * (part.y1() - part.y0());
      }
      assertThat(area).isCloseTo((double) height * width, within(1e-6 * height * width));
    }
  }

  @Test
  void edgesThatWereCutOffAreInNoPatch() {
    Placement placement =
        new Placement(
            new ImageSize(512, 512), new ImageSize(256, 256), 16, 16, new ImageSize(224, 224));
    PatchGrid grid = new PatchGrid(placement, 16);
    assertThat(grid.rectangle(0, 0)).isEqualTo(new PixelRectangle(32, 32, 64, 64));
    assertThat(grid.rectangle(13, 13)).isEqualTo(new PixelRectangle(448, 448, 480, 480));
  }

  @Test
  void paddingIsNothingOfThePicture() {
    Placement placement =
        new Placement(new ImageSize(4, 20), new ImageSize(4, 20), -6, 2, new ImageSize(16, 16));
    PatchGrid grid = new PatchGrid(placement, 4);
    assertThat(grid.rectangle(0, 0).isEmpty()).isTrue();
    assertThat(grid.rectangle(3, 0).isEmpty()).isTrue();
    assertThat(grid.rectangle(1, 1)).isEqualTo(new PixelRectangle(6, 0, 10, 2));
    assertThat(grid.rectangle(2, 1)).isEqualTo(new PixelRectangle(6, 2, 10, 4));
  }

  @Test
  void rowsThatFillNoPatchBelongToNone() {
    PatchGrid grid = new PatchGrid(resized(30, 30, 30), 8);
    assertThat(grid.rows()).isEqualTo(3);
    assertThat(grid.rectangle(2, 2)).isEqualTo(new PixelRectangle(16, 16, 24, 24));
  }

  @ParameterizedTest
  @CsvSource({"-1, 0", "0, -1", "4, 0", "0, 4"})
  void otherPatchesAreNone(int row, int column) {
    PatchGrid grid = new PatchGrid(resized(9, 9, 32), 8);
    assertThatThrownBy(() -> grid.rectangle(row, column))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @ParameterizedTest
  @CsvSource({"0", "-8", "33"})
  void patchMustFit(int patchSize) {
    Placement placement = resized(9, 9, 32);
    assertThatThrownBy(() -> new PatchGrid(placement, patchSize))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
