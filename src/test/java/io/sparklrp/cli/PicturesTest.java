package io.sparklrp.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparklrp.spark.LocalSpark;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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

  /** The table that Spark's image source makes of the files: blue, green and red of each pixel. */
  private Path decoded(Path pictures) throws IOException {
    List<Row> rows = new ArrayList<>();
    for (int n = 0; n < 3; n++) {
      Path file = pictures.resolve(n + ".png");
      BufferedImage image = ImageIO.read(file.toFile());
      int width = image.getWidth();
      byte[] data = new byte[3 * width * image.getHeight()];
      for (int i = 0; i < data.length; i++) {
        int color = image.getRGB(i / 3 % width, i / 3 / width);
        data[i] = (byte) (color >> (8 * (i % 3)));
      }
      Row row = LocalSpark.row(file.toUri().toString(), image.getHeight(), width, 3, 16, data);
      rows.add(LocalSpark.row(row));
    }
    return LocalSpark.write(
        directory.resolve("decoded"),
        "image STRUCT<origin: STRING, height: INT, width: INT, nChannels: INT, mode: INT, data: BINARY>",
        rows.toArray(Row[]::new));
  }

  private List<Row> explain(Path pictures, String name, String... more) {
    Path output = directory.resolve(name);
    CommandRun.explainImages(pictures, output, more).done();
    return LocalSpark.read(output).collectAsList();
  }

  @Test
  void bothSourcesGiveTheSame() throws IOException {
    Path pictures = pictures();
    List<Row> files = explain(pictures, "files", "--input-format", "binaryFile");
    List<Row> images = explain(decoded(pictures), "images", "--image-column", "image");
    assertThat(files).hasSize(3);
    assertThat(images).hasSize(3);
    for (Row row : files) {
      AddsUp.check(row);
      assertThat(row.getList(row.fieldIndex("tokens"))).hasSize(16);
      assertThat(AddsUp.relativeResidual(row)).isLessThan(1e-4);
      String file = row.getAs("path");
      Row same =
          images.stream().filter(image -> file.endsWith(name(image))).findFirst().orElseThrow();
      assertThat(relevance(same)).containsExactly(relevance(row), within(1e-5));
    }
  }

  private static double[] relevance(Row row) {
    List<Row> patches = row.getList(row.fieldIndex("tokens"));
    return patches.stream().mapToDouble(AddsUp::relevance).toArray();
  }

  private static String name(Row image) {
    String origin = image.<Row>getAs("image").getAs("origin");
    return origin.substring(origin.lastIndexOf('/'));
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

  private static List<String> kinds(List<Row> rows) {
    return rows.stream()
        .map(row -> row.<Row>getAs("error"))
        .filter(Objects::nonNull)
        .map(error -> error.<String>getAs("kind"))
        .toList();
  }

  /** Some 300 kB of 100 million pixels; and a row whose height and width are not its data's. */
  @Test
  void bombIsItsRecordsError() throws IOException {
    Path pictures = pictures();
    Files.write(pictures.resolve("bomb.png"), PngBomb.of(10_000, 10_000));
    List<Row> rows = explain(pictures, "out", "--input-format", "binaryFile");
    assertThat(rows).hasSize(4);
    assertThat(kinds(rows)).containsExactly("image-too-large");
    Row row = LocalSpark.row("a", 1 << 20, 1 << 20, 3, 16, new byte[] {1, 2, 3});
    Path lies =
        LocalSpark.write(
            directory.resolve("lies"),
            "image STRUCT<origin: STRING, height: INT, width: INT, nChannels: INT, mode: INT, data: BINARY>",
            LocalSpark.row(row),
            LocalSpark.row(LocalSpark.row("b", 30, 40, 3, 16, new byte[3 * 30 * 40])));
    assertThat(kinds(explain(lies, "of-lies", "--image-column", "image")))
        .containsExactly("image-too-large");
  }

  @Test
  void limitOfPixelsIsAnOption() throws IOException {
    Path pictures = pictures();
    List<Row> rows =
        explain(pictures, "out", "--input-format", "binaryFile", "--max-pixels", "1250");
    assertThat(rows).hasSize(3);
    assertThat(kinds(rows)).containsExactly("image-too-large");
    for (String wrong : List.of("0", "-1", "600000000")) {
      CommandRun.explainImages(pictures, directory.resolve("wrong"), "--max-pixels", wrong)
          .refused("--max-pixels " + wrong);
    }
  }

  @Test
  void columnOfTextIsRefused() throws IOException {
    Path pictures = pictures();
    CommandRun.explainPictures(pictures, directory.resolve("out"), "--image-column", "path")
        .refused("path", "binaryFile");
  }
}
