package io.depthcast.jobs.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tests that the document points to are there. */
class ReliabilityDocumentTest {

  private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

  @Test
  void namesTestsThatExist() throws IOException, ClassNotFoundException {
    Path document = Path.of(System.getProperty("depthcast.root"), "docs/reliability.md");
    List<MatchResult> named = NAMED.matcher(Files.readString(document)).results().toList();
    assertThat(named).hasSizeGreaterThan(10);
    for (MatchResult name : named) {
      assertThat(Class.forName(getClass().getPackageName() + "." + name.group(1)))
          .as(name.group())
          .hasDeclaredMethods(name.group(2));
    }
  }
}
