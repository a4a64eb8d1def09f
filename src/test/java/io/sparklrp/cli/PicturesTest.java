package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparklrp.oracle.GoldenFixture;
import io.sparklrp.spark.LocalSpark;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Pictures from both of Spark's sources: files as bytes, and decoded images. */
@ExtendWith(LocalSpark.class)
class PicturesTest {
  @TempDir Path directory;

  private Path pictures() throws IOException {
    Path pictures = Files.createDirectory(directory.resolve("pictures"));
    Random random = new Random(5);
    for (int n = 0; n < 3; n++) {
      BufferedImage image = new BufferedImage(40 + n, 30, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < image.getWidth() * image.getHeight(); i++) {
        image.setRGB(i % image.getWidth(), i / image.getWidth(), random.nextInt(1 << 24));
      }
      ImageIO.write(image, "png", pictures.resolve(n + ".png").toFile());
    }
    return pictures;
  }

  private List<Row> explain(Path pictures, String name, String... more) {
    Path output = directory.resolve(name);
    String[] args = {
      "explain",
      "--model",
      GoldenFixture.of("vit-imgcls").directory().toString(),
      "--input",
      pictures.toString(),
      "--output",
      output.toString()
    };
    CommandRun.of(CommandRun.join(args, more)).done();
    return LocalSpark.read(output).collectAsList();
  }

  @Test
  void bothSourcesGiveTheSame() throws IOException {
    Path pictures = pictures();
    List<Row> files = explain(pictures, "files", "--input-format", "binaryFile");
    List<Row> images =
        explain(pictures, "images", "--input-format", "image", "--image-column", "image");
    assertThat(files).hasSize(3);
    assertThat(images).hasSize(3);
    for (Row row : files) {
      AddsUp.check(row);
      assertThat(row.getList(row.fieldIndex("tokens"))).hasSize(16);
      assertThat(AddsUp.relativeResidual(row)).isLessThan(1e-4);
      String file = row.getAs("path");
      Row same =
          images.stream()
              .filter(image -> image.<Row>getAs("image").getAs("origin").equals(file))
              .findFirst()
              .orElseThrow();
      assertThat(same.getList(same.fieldIndex("tokens")))
          .isEqualTo(row.getList(row.fieldIndex("tokens")));
    }
  }

  @Test
  void damagedPictureIsItsRecordsError() throws IOException {
    Path pictures = pictures();
    Files.write(pictures.resolve("broken.png"), new byte[] {1, 2, 3});
    List<Row> rows = explain(pictures, "out", "--input-format", "binaryFile");
    assertThat(rows).hasSize(4);
    assertThat(rows)
        .filteredOn(row -> row.<Row>getAs("error") != null)
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs("path")).endsWith("broken.png");
              assertThat(row.<Row>getAs("error").<String>getAs("kind"))
                  .isEqualTo("image-undecodable");
            });
  }

  @Test
  void columnOfTextIsRefused() throws IOException {
    Path pictures = pictures();
    CommandRun.of(
            "explain",
            "--model",
            GoldenFixture.of("vit-imgcls").directory().toString(),
            "--input",
            pictures.toString(),
            "--input-format",
            "binaryFile",
            "--image-column",
            "path",
            "--output",
            directory.resolve("out").toString())
        .refused("path", "binaryFile");
  }
}
