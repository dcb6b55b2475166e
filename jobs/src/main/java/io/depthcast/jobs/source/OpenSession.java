package io.depthcast.jobs.source;

import io.depthcast.feed.TextSource;
import io.depthcast.jobs.source.SourceFiles.Opened;
import io.depthcast.quality.DataContractException;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** The files of one session, all open. */
public final class OpenSession implements Closeable {

  private final List<TextSource> texts = new ArrayList<>();
  private final Map<String, Opened> opened = new LinkedHashMap<>();

  /**
   * @throws DataContractException if a file is empty or not what its ending says; none stays open
   */
  public OpenSession(Configuration hadoop, List<String> files) {
    try {
      for (String file : files) {
        Opened one = SourceFiles.open(hadoop, file);
        opened.put(SourceFiles.name(file), one);
        texts.add(new TextSource(SourceFiles.name(file), one.text()));
      }
    } catch (RuntimeException e) {
      SourceFiles.close(this, e);
      throw e;
    }
  }

  /** The files as text, in their order. */
  public List<TextSource> texts() {
    return List.copyOf(texts);
  }

  /** CRC-32C by name; of the whole files once they are read to their ends. */
  public Map<String, Long> checksums() {
    Map<String, Long> checksums = new LinkedHashMap<>();
    opened.forEach((name, file) -> checksums.put(name, file.checksum().getValue()));
    return checksums;
  }

  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (TextSource text : texts) {
      try {
        text.in().close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
