package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A table of {@code docs/reliability.md}, between two marks.
 *
 * @param name in the marks, {@code begin of NAME} and {@code end of NAME}
 */
record ReliabilityTable(String name) {

  /** Writes the table with {@code -Ddocs.write=true}, else fails if the document has another. */
  void requireIs(String table) throws IOException {
    Path document = Path.of(System.getProperty("depthcast.root"), "docs/reliability.md");
    String text = Files.readString(document);
    String begin = "<!-- begin of " + name + " -->\n";
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf("<!-- end of " + name + " -->");
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(document, text.substring(0, from) + table + text.substring(to));
    } else {
      assertThat(text.substring(from, to)).isEqualTo(table);
    }
  }
}
