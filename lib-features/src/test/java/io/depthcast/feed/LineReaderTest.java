package io.depthcast.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.depthcast.quality.DataContractException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  private static TextSource source(String name, String text) {
    return new TextSource(name, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> lines(TextSource... sources) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineReader reader = new LineReader(List.of(sources))) {
      while (reader.next()) {
        String text =
            new String(
                reader.bytes(),
                reader.start(),
                reader.end() - reader.start(),
                StandardCharsets.UTF_8);
        lines.add(reader.name() + ":" + reader.lineNo() + ":" + text);
      }
      assertThat(reader.next()).isFalse();
    }
    return lines;
  }

  @Test
  void readsTextsOneAfterTheOther() throws IOException {
    assertThat(lines(source("a", "1\r\n\n2"), source("b", "3\n"), source("c", "\r\n4\r\n")))
        .containsExactly("a:1:1", "a:2:", "a:3:2", "b:1:3", "c:1:", "c:2:4");
  }

  @Test
  void readsLinesOfAnyLengthInPiecesOfAnyLength() throws IOException {
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 60; i++) {
      String line = String.valueOf((char) ('a' + i % 26)).repeat(random.nextInt(1 << (i % 18)));
      text.append(line).append('\n');
      expected.add("x:" + i + ":" + line);
    }
    InputStream whole = source("x", text.toString()).in();
    InputStream pieces =
        new InputStream() {
          @Override
          public int read() throws IOException {
            return whole.read();
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return whole.read(bytes, offset, Math.min(length, 1 + random.nextInt(5_000)));
          }
        };
    assertThat(lines(new TextSource("x", pieces))).isEqualTo(expected);
  }

  @Test
  void refusesAnEmptyText() {
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> lines(source("a", "1\n"), source("b", ""), source("c", "1\n")))
        .withMessage("b: the file is empty; fetch it again");
    assertThatIllegalArgumentException().isThrownBy(() -> new LineReader(List.of()));
  }

  @Test
  void refusesALineWithoutEnd() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            return length;
          }
        };
    assertThatExceptionOfType(DataContractException.class)
        .isThrownBy(() -> lines(new TextSource("a", endless)))
        .withMessage(
            "a line 1: longer than 33554432 bytes; this is no captured text, fetch the file again");
  }

  @Test
  void closesAllTextsEvenIfOneFails() {
    List<String> closed = new ArrayList<>();
    LineReader reader =
        new LineReader(List.of(closing("a", closed, true), closing("b", closed, false)));
    assertThatExceptionOfType(IOException.class).isThrownBy(reader::close).withMessage("a");
    assertThat(closed).containsExactly("a", "b");
  }

  private static TextSource closing(String name, List<String> closed, boolean fails) {
    return new TextSource(
        name,
        new ByteArrayInputStream(new byte[0]) {
          @Override
          public void close() throws IOException {
            closed.add(name);
            if (fails) {
              throw new IOException(name);
            }
          }
        });
  }
}
