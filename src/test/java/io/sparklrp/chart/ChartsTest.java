package io.sparklrp.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Pictures are well-formed, and hold what they were given. */
class ChartsTest {
  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static List<String> texts(Document document) {
    NodeList nodes = document.getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      texts.add(nodes.item(i).getTextContent());
    }
    return texts;
  }

  @Test
  void eachLineIsDrawnAndNamed() throws Exception {
    Map<String, double[]> lines = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      lines.put("method-" + i, new double[] {i, 2 * i, 1});
    }
    Document drawn =
        parsed(
            new Lines("Title", List.of(new Lines.Plot("One", lines), new Lines.Plot("Two", lines)))
                .svg());
    assertThat(drawn.getElementsByTagName("path").getLength()).isEqualTo(3 * 20);
    assertThat(texts(drawn)).contains("One", "Two").containsAll(lines.keySet());
    assertThat(drawn.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("Title");
  }

  @Test
  void eachPointIsDrawn() throws Exception {
    List<double[]> points = List.of(new double[] {0, 1}, new double[] {1, 0}, new double[] {2, 2});
    Document drawn =
        parsed(
            new Points("Title", List.of(new Points.Plot("a", points), new Points.Plot("b", points)))
                .svg());
    NodeList paths = drawn.getElementsByTagName("path");
    assertThat(paths.getLength()).isEqualTo(2);
    for (int i = 0; i < 2; i++) {
      String places = ((Element) paths.item(i)).getAttribute("d");
      assertThat(places).matches("(M[\\d.]+ [\\d.]+h0){3}");
      assertThat(places.split("h0")).doesNotHaveDuplicates();
    }
    assertThat(texts(drawn)).contains("a", "b");
  }

  @Test
  void eachBarIsDrawnFromZero() throws Exception {
    Map<String, Map<String, Double>> groups = new LinkedHashMap<>();
    groups.put("layer.0", Map.of("product", 2.0, "activation", -1.0));
    groups.put("layer.1", Map.of("product", 0.0));
    Document drawn = parsed(new Bars("Title", List.of(new Bars.Plot("One", groups))).svg());
    int background = 1;
    int legend = 2;
    assertThat(drawn.getElementsByTagName("rect").getLength()).isEqualTo(background + legend + 4);
    assertThat(texts(drawn)).contains("One", "layer.0", "layer.1", "product", "activation");
  }

  @Test
  void textsAreEscaped() throws Exception {
    String hostile = "<script>alert(\"a\")</script>&";
    Document drawn =
        parsed(
            new Lines(
                    hostile, List.of(new Lines.Plot(hostile, Map.of(hostile, new double[] {0, 1}))))
                .svg());
    assertThat(texts(drawn)).contains(hostile);
    assertThat(drawn.getElementsByTagName("script").getLength()).isZero();
  }
}
