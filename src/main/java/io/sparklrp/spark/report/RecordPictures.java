package io.sparklrp.spark.report;

import io.sparklrp.attribution.TokenRelevance;
import io.sparklrp.error.RecordException;
import io.sparklrp.image.ImageDecoder;
import io.sparklrp.image.OpenCvPicture;
import io.sparklrp.image.PatchGrid;
import io.sparklrp.image.PatchLayout;
import io.sparklrp.image.PictureFile;
import io.sparklrp.image.PictureSource;
import io.sparklrp.image.PixelRows;
import io.sparklrp.image.Thumbnail;
import io.sparklrp.spark.output.ExplainedOutput;
import io.sparklrp.spark.settings.RecordColumns;
import io.sparklrp.table.Provenance;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * The pictures that records of an output are about, where the output has kept them and says how the
 * model's patches lie in them.
 */
final class RecordPictures {
  private final Optional<PatchLayout> layout;
  private final String column;

  /** Those of an output. */
  RecordPictures(ExplainedOutput output) {
    Optional<Provenance> made = output.provenance();
    String image =
        made.map(run -> run.parameters().get("image-column")).orElse(RecordColumns.IMAGE);
    this.layout = made.map(Provenance::picture).flatMap(PatchLayout::parse);
    this.column = output.has(image) ? image : null;
  }

  /**
   * That of a row.
   *
   * @param tokens its patches, special tokens among them
   */
  Optional<PatchedPicture> of(Row row, List<TokenRelevance> tokens) {
    if (layout.isEmpty() || column == null || row.getAs(column) == null) {
      return Optional.empty();
    }
    try {
      PixelRows picture = source(row.getAs(column)).open(new ImageDecoder());
      PatchGrid grid = layout.get().grid(picture.size());
      long patches = tokens.stream().filter(token -> !token.special()).count();
      return patches == grid.patches()
          ? Optional.of(new PatchedPicture(Thumbnail.of(picture), grid))
          : Optional.empty();
    } catch (RecordException | IllegalArgumentException e) {
      return Optional.empty(); // shown without: what is the matter with it is told by its row
    }
  }

  /** Bytes of a file, or a row of Spark's image source. */
  private static PictureSource source(Object value) throws RecordException {
    if (value instanceof byte[] file) {
      return new PictureFile(file);
    }
    if (value instanceof Row image && has(image, "height", "width", "nChannels", "mode", "data")) {
      return new OpenCvPicture(
          image.getAs("height"),
          image.getAs("width"),
          image.getAs("nChannels"),
          image.getAs("mode"),
          image.getAs("data"));
    }
    throw new IllegalArgumentException("No picture");
  }

  private static boolean has(Row row, String... names) {
    return row.schema() != null
        && Arrays.asList(row.schema().fieldNames()).containsAll(List.of(names));
  }
}
