package io.sparklrp.chart;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** An SVG document on its way; texts are escaped. */
final class Svg {
  private static final String NAMESPACE = "http://www.w3.org/2000/svg";
  private static final String FONT = "font: 11px sans-serif; fill: #333";

  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  /** A step of writing, which fails only where memory does. */
  private interface Step {
    void write() throws XMLStreamException;
  }

  Svg(int width, int height, String title) {
    try {
      this.xml = XMLOutputFactory.newFactory().createXMLStreamWriter(text);
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Cannot write a picture.", e);
    }
    write(
        () -> {
          xml.writeStartElement("svg");
          xml.writeDefaultNamespace(NAMESPACE);
          attributes("viewBox", "0 0 " + width + " " + height, "role", "img", "style", FONT);
          xml.writeStartElement("title");
          xml.writeCharacters(title);
          xml.writeEndElement();
        });
    element("rect", "width", width, "height", height, "fill", "white");
  }

  private static void write(Step step) {
    try {
      step.write();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Cannot write a picture.", e);
    }
  }

  private void attributes(Object... namesAndValues) throws XMLStreamException {
    for (int i = 0; i < namesAndValues.length; i += 2) {
      Object value = namesAndValues[i + 1];
      xml.writeAttribute(
          (String) namesAndValues[i], value instanceof Double number ? number(number) : "" + value);
    }
  }

  private static String number(double number) {
    return String.format(Locale.ROOT, "%.1f", number);
  }

  /** An element without content. */
  void element(String name, Object... namesAndValues) {
    write(
        () -> {
          xml.writeEmptyElement(name);
          attributes(namesAndValues);
        });
  }

  /** A text. */
  void text(double x, double y, String anchor, String content) {
    write(
        () -> {
          xml.writeStartElement("text");
          attributes("x", x, "y", y, "text-anchor", anchor);
          xml.writeCharacters(content);
          xml.writeEndElement();
        });
  }

  void line(double x1, double y1, double x2, double y2, String color) {
    element("line", "x1", x1, "y1", y1, "x2", x2, "y2", y2, "stroke", color);
  }

  /** A line through points. */
  void path(List<double[]> points, String color, String dashes) {
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append(path.length() == 0 ? 'M' : 'L')
          .append(number(point[0]))
          .append(' ')
          .append(number(point[1]));
    }
    element(
        "path",
        "d",
        path,
        "fill",
        "none",
        "stroke",
        color,
        "stroke-width",
        1.6,
        "stroke-dasharray",
        dashes);
  }

  /** Points, in one element: a picture may have thousands. */
  void dots(List<double[]> points, String color) {
    StringBuilder path = new StringBuilder();
    for (double[] point : points) {
      path.append('M').append(number(point[0])).append(' ').append(number(point[1])).append("h0");
    }
    element(
        "path",
        "d",
        path,
        "stroke",
        color,
        "stroke-width",
        3.0,
        "stroke-linecap",
        "round",
        "stroke-opacity",
        "0.6");
  }

  /** The whole document. */
  String end() {
    write(
        () -> {
          xml.writeEndElement();
          xml.writeEndDocument();
          xml.flush();
        });
    return text + "\n";
  }
}
