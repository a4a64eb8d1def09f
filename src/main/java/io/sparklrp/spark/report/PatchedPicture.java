package io.sparklrp.spark.report;

import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.image.ImageSize;
import io.sparklrp.image.PatchGrid;
import io.sparklrp.image.PixelRectangle;
import io.sparklrp.image.Thumbnail;
import io.sparklrp.report.Picture;
import io.sparklrp.report.Shade;
import java.util.ArrayList;
import java.util.List;

/**
 * A record's picture and where its patches lie in it.
 *
 * @param picture a small copy
 * @param grid the patches
 */
public record PatchedPicture(Thumbnail picture, PatchGrid grid) {
  /**
   * The picture with relevance over it.
   *
   * @param patches in reading order, one for each of the grid's
   */
  Picture shaded(List<TokenRelevance> patches, Shade scale) {
    ImageSize size = picture.size();
    List<Picture.Patch> shaded = new ArrayList<>();
    for (int i = 0; i < patches.size(); i++) {
      PixelRectangle place = grid.rectangle(i);
      if (!place.isEmpty()) {
        shaded.add(
            Picture.Patch.shaded(
                place.x0() / size.width(),
                place.y0() / size.height(),
                place.x1() / size.width(),
                place.y1() / size.height(),
                patches.get(i).relevance(),
                scale));
      }
    }
    return new Picture(picture.uri(), size.width(), size.height(), shaded);
  }
}
