package io.sparklrp.attribution;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What text does is written out; what it says stays. */
class HarmlessTextTest {
  @Test
  void whatCommandsATerminalIsWrittenOut() {
    assertThat(HarmlessText.line("a\u001b[31mb\u0007")).isEqualTo("a\\u{1b}[31mb\\u{7}");
  }

  @Test
  void whatTurnsTheDirectionIsWrittenOut() {
    assertThat(HarmlessText.line("a\u202egnp.exe\u2066\u200f"))
        .isEqualTo("a\\u{202e}gnp.exe\\u{2066}\\u{200f}");
  }

  @Test
  void halfACharacterIsWrittenOut() {
    assertThat(HarmlessText.line("a\ud83d")).isEqualTo("a\\u{d83d}");
  }

  @Test
  void lettersOfAllScriptsAndPicturesStay() {
    String text = "שלום 你好 👩\u200d🔬 नमस्\u200cते é";
    assertThat(HarmlessText.line(text)).isEqualTo(text);
    assertThat(HarmlessText.lines(text)).isEqualTo(text);
  }

  @Test
  void linesStayOnlyWhereTheyMay() {
    assertThat(HarmlessText.line("a\nb\r\n\tc\u2028d")).isEqualTo("a b   c d");
    assertThat(HarmlessText.lines("a\nb\r\n\tc")).isEqualTo("a\nb \n c");
  }
}
