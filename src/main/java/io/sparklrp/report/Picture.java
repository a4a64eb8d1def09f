package io.sparklrp.report;

import java.util.List;
import java.util.Locale;

/**
 * A picture, and relevance over it.
 *
 * @param uri its bytes, as a URI of the scheme {@code data}
 * @param width pixels, of which only the ratio to the height counts
 * @param height likewise
 * @param patches what lies over it
 */
public record Picture(String uri, int width, int height, List<Patch> patches) {
  private static final String IMAGE = "data:image/";

  /**
   * Copies.
   *
   * @throws IllegalArgumentException if it is to be fetched from somewhere
   */
  public Picture {
    patches = List.copyOf(patches);
    if (!uri.startsWith(IMAGE)) {
      throw new IllegalArgumentException("A page has its pictures in itself.");
    }
  }

  /**
   * A patch of a picture.
   *
   * @param css the class of its style
   * @param style where it is, and how dark
   * @param title its relevance
   */
  public record Patch(String css, String style, String title) {
    /**
     * One that has some relevance.
     *
     * @param left where it begins, as a part of the picture's width
     * @param top likewise, of its height
     * @param right where it ends
     * @param bottom likewise
     */
    public static Patch shaded(
        double left, double top, double right, double bottom, float relevance, Shade scale) {
      String place =
          String.format(
              Locale.ROOT,
              "left:%.3f%%;top:%.3f%%;width:%.3f%%;height:%.3f%%;",
              100 * left,
              100 * top,
              100 * (right - left),
              100 * (bottom - top));
      Bar.Kind kind = relevance < 0 ? Bar.Kind.AGAINST : Bar.Kind.FOR;
      return new Patch(kind.css(), place + scale.style(relevance), Amount.signed(relevance));
    }
  }
}
