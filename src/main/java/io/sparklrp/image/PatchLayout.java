package io.sparklrp.image;

import io.sparklrp.error.RecordException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the patches of a model's input lie in pictures, whatever their size: what is said of it with
 * an output, which does not have the model.
 *
 * @param resized what pictures are resized to; empty if they are not
 * @param cropped what is cut out of their middle after that; empty if nothing is
 * @param patchSize pixels of the input along a patch's side
 */
public record PatchLayout(
    Optional<TargetSize> resized, Optional<ImageSize> cropped, int patchSize) {
  private static final Pattern PART = Pattern.compile("(resized|cropped|patch)=([0-9x]{1,20})");
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})x([0-9]{1,6})");
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}");

  /** That of what a processor makes. */
  public static PatchLayout of(ImageProcessorConfig processor, int patchSize) {
    return new PatchLayout(processor.targetSize(), processor.cropSize(), patchSize);
  }

  /**
   * The patches of a picture.
   *
   * @throws RecordException if the picture cannot be resized so
   * @throws IllegalArgumentException if no patch fits in it
   */
  public PatchGrid grid(ImageSize picture) throws RecordException {
    return new PatchGrid(Placement.of(picture, resized, cropped), patchSize);
  }

  /** Such as {@code resized=256 cropped=224x224 patch=16}; one number is the shorter side's. */
  public String written() {
    String before =
        resized.map(size -> "resized=" + written(size) + " ").orElse("")
            + cropped.map(size -> "cropped=" + size + " ").orElse("");
    return before + "patch=" + patchSize;
  }

  private static String written(TargetSize size) {
    return size instanceof TargetSize.Exact exact
        ? exact.size().toString()
        : Integer.toString(((TargetSize.ShortestEdge) size).length());
  }

  /** What was written so; empty where something else is. */
  public static Optional<PatchLayout> parse(String written) {
    Map<String, String> parts = new HashMap<>();
    for (String part : written.split(" ", -1)) {
      Matcher found = PART.matcher(part);
      if (!found.matches() || parts.put(found.group(1), found.group(2)) != null) {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(
          new PatchLayout(
              Optional.ofNullable(parts.get("resized")).map(PatchLayout::target),
              Optional.ofNullable(parts.get("cropped")).map(PatchLayout::size),
              number(parts.getOrDefault("patch", ""))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static TargetSize target(String written) {
    return written.indexOf('x') < 0
        ? new TargetSize.ShortestEdge(number(written))
        : new TargetSize.Exact(size(written));
  }

  private static ImageSize size(String written) {
    Matcher size = SIZE.matcher(written);
    if (!size.matches()) {
      throw new IllegalArgumentException("No size: " + written);
    }
    return new ImageSize(number(size.group(1)), number(size.group(2)));
  }

  private static int number(String written) {
    if (!NUMBER.matcher(written).matches() || Integer.parseInt(written) < 1) {
      throw new IllegalArgumentException("No length: " + written);
    }
    return Integer.parseInt(written);
  }
}
