package io.sparklrp.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparklrp.attribution.MarkedText;
import io.sparklrp.attribution.WordRelevance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever is in a report is read, and never done. */
class ReportPageTest {
  private static final Pattern TAG =
      Pattern.compile("<([a-zA-Z/!][\\w-]*)((?:\\s+[\\w-]+(?:=\"[^\"]*\")?)*)\\s*>");
  private static final Pattern PARAGRAPH =
      Pattern.compile("<p class=\"text\" dir=\"auto\">(.*?)</p>", Pattern.DOTALL);

  private static final List<String> HOSTILE =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "' onmouseover='alert(1)",
          "</style></title></textarea>--><!--",
          "javascript:alert(1)",
          "${7*7} @if(true) $unsafe{x} {{constructor}}",
          "&lt;b&gt; &amp; &#60;",
          "]]> <?xml version='1.0'?>");

  private static Report report(String text) {
    Shade scale = new Shade(2);
    int half = text.codePointCount(0, text.length()) / 2;
    List<WordRelevance> words =
        List.of(
            new WordRelevance(text, 0, half, 0, 1.5f),
            new WordRelevance(text, half, text.codePointCount(0, text.length()), 0, -0.5f));
    Axis axis = new Axis(-2, 2);
    List<List<Cell>> rows =
        List.of(
            List.of(Cell.text(text), Cell.bar(new Measure(1, -0.5, 1.5))),
            List.of(Cell.count(3), Cell.share(0.5)),
            List.of(Cell.text(text), Cell.records(List.of(new Mention(text, text)))));
    Card card =
        new Card(
            text,
            text,
            text,
            List.of(Piece.of(MarkedText.of(text, words), scale)),
            List.of(new Card.Named(text, List.of(new Mention(text, text)))),
            List.of(new Card.Step(text, text, List.of(axis.zero(), axis.step(0, 1)))),
            Optional.empty(),
            List.of(List.of(Piece.shaded(text, -1, scale))));
    ReportTable table = ReportTable.open(text, List.of(text, text), rows);
    return new Report(
        text,
        text,
        scale,
        List.of(
            new Section(
                "first", text, List.of(text), List.of(table, table.folded()), List.of(card)),
            Section.ofSentences("second", text, List.of(text))));
  }

  private static Set<String> tags(String page) {
    Set<String> tags = new TreeSet<>();
    Matcher tag = TAG.matcher(page);
    while (tag.find()) {
      tags.add(tag.group(1));
    }
    assertThat(page.chars().filter(c -> c == '<').count())
        .as("all that begins as a tag is one")
        .isEqualTo(TAG.matcher(page).results().count());
    return tags;
  }

  private static Set<String> attributes(String page) {
    Set<String> names = new TreeSet<>();
    Matcher tag = TAG.matcher(page);
    while (tag.find()) {
      Matcher attribute = Pattern.compile("([\\w-]+)(=\"[^\"]*\")?").matcher(tag.group(2));
      while (attribute.find()) {
        names.add(attribute.group(1));
      }
    }
    return names;
  }

  private static String unescaped(String html) {
    return html.replaceAll("<[^>]*>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  @Test
  void markupIsText() {
    String plain = ReportPage.of(report("plain words"));
    for (String text : HOSTILE) {
      String page = ReportPage.of(report(text));
      assertThat(tags(page)).as(text).isEqualTo(tags(plain));
      assertThat(attributes(page)).as(text).isEqualTo(attributes(plain));
      assertThat(page).as(text).doesNotContain("<script", "<img", "<?xml");
    }
  }

  @Test
  void textsAreReadAsTheyWereWritten() {
    List<String> texts = new ArrayList<>(HOSTILE);
    texts.add("two\nlines  and blanks ");
    texts.add("שלום 你好 👩\u200d🔬");
    texts.add("w".repeat(100_000));
    for (String text : texts) {
      Matcher paragraph = PARAGRAPH.matcher(ReportPage.of(report(text)));
      assertThat(paragraph.find()).isTrue();
      assertThat(unescaped(paragraph.group(1))).isEqualTo(text);
    }
  }

  @Test
  void directionsAndControlsAreWrittenOut() {
    String page = ReportPage.of(report("a\u202eb\u0000c\u001b"));
    assertThat(page).doesNotContain("\u202e", "\u0000", "\u001b").contains("\\u{202e}");
  }

  @Test
  void nothingIsFetchedAndNothingRuns() {
    String page = ReportPage.of(report("plain words"));
    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContain("http:", "https:", "src=", "@import", "url(", "<script", "<link");
  }

  @Test
  void bothSignsAreShadedAndNamed() {
    String page = ReportPage.of(report("plain words"));
    assertThat(page)
        .contains("<span class=\"word for\" style=\"--s:75\" title=\"+1.50\">plain</span>")
        .contains("<span class=\"word against\" style=\"--s:25\" title=\"−0.50\"> words</span>");
  }

  /** A number beside a word would otherwise be set in the word's direction. */
  @Test
  void wordsOfACardAreSetByThemselves() {
    Card card =
        new Card(
            "reason",
            "name",
            "said",
            List.of(),
            List.of(
                new Card.Named(
                    "For", List.of(new Mention("הזה", "+0.50"), new Mention("a", "+0.10"))),
                new Card.Named("Unknown", List.of(new Mention("x", "")))),
            List.of(),
            Optional.empty(),
            List.of());
    Section section = new Section("s", "title", List.of(), List.of(), List.of(card));
    assertThat(ReportPage.of(new Report("title", "made", new Shade(1), List.of(section))))
        .contains("For: “<bdi>הזה</bdi>” +0.50, “<bdi>a</bdi>” +0.10.", "Unknown: “<bdi>x</bdi>”.");
  }

  /** The same amount has the same length in all tables of a section. */
  @Test
  void barsOfASectionHaveOneScale() {
    ReportTable small =
        ReportTable.open(
            "small", List.of("mean"), List.of(List.of(Cell.bar(new Measure(1, null, null)))));
    ReportTable large =
        ReportTable.open(
            "large",
            List.of("mean"),
            List.of(
                List.of(Cell.bar(new Measure(1, 0.5, 9.0))),
                List.of(Cell.bar(new Measure(-4, null, null)))));
    Section section = Section.ofTables("s", "title", List.of(), List.of(small, large));
    String page = ReportPage.of(new Report("title", "made", new Shade(1), List.of(section)));
    assertThat(page)
        .contains("from −4.00 to +4.00 in units of the score")
        .contains("<span class=\"bar interval\" style=\"left:56.3%;width:43.8%\">");
    assertThat(page.split("<span class=\"bar for\" style=\"left:50.0%;width:12.5%\">", -1))
        .as("the bar of 1 stands in both")
        .hasSize(3);
  }

  @Test
  void aRecordThatATableNamesIsALinkToItsCardWhereThereIsOne() {
    Card card = Card.plain("reason", "one & only", "said");
    Cell named =
        Cell.records(List.of(new Mention("one & only", "+0.50"), new Mention("another", "−1.00")));
    ReportTable table = ReportTable.open("table", List.of("records"), List.of(List.of(named)));
    Section section = new Section("s", "title", List.of(), List.of(table), List.of(card));
    assertThat(ReportPage.of(new Report("title", "made", new Shade(1), List.of(section))))
        .contains("<article class=\"card\" id=\"record-1\">")
        .contains("<a href=\"#record-1\">one &amp; only</a> (+0.50),</span> ")
        .contains("<span class=\"mention\">another (−1.00)</span> </td>");
  }

  @Test
  void aPictureIsInThePageWithRelevanceOverIt() {
    Shade scale = new Shade(2);
    Picture picture =
        new Picture(
            "data:image/png;base64,AAAA",
            30,
            20,
            List.of(
                Picture.Patch.shaded(0, 0, 0.5, 1, 1, scale),
                Picture.Patch.shaded(0.5, 0, 1, 1, -2, scale)));
    Card card =
        new Card(
            "reason",
            "name",
            "said",
            List.of(),
            List.of(),
            List.of(),
            Optional.of(picture),
            List.of());
    Section section = new Section("s", "title", List.of(), List.of(), List.of(card));
    assertThat(ReportPage.of(new Report("title", "made", scale, List.of(section))))
        .contains(
            "<img src=\"data:image/png;base64,AAAA\" width=\"30\" height=\"20\" alt=\"The picture\">",
            "<span class=\"patch for\" style=\"left:0.000%;top:0.000%;width:50.000%;height:100.000%;--s:50\" title=\"+1.00\">",
            "<span class=\"patch against\" style=\"left:50.000%;top:0.000%;width:50.000%;height:100.000%;--s:100\"");
  }

  @Test
  void aPictureIsNeverFetched() {
    assertThatThrownBy(() -> new Picture("https://example.org/a.png", 1, 1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRowHasACellForEachColumn() {
    List<List<Cell>> rows = List.of(List.of(Cell.count(1)));
    assertThatThrownBy(() -> ReportTable.open("table", List.of("a", "b"), rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A row of 'table' has 1 cells for 2 columns.");
  }
}
