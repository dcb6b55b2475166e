package io.depthcast.jobs.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.depthcast.jobs.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * How far the segments of a folder are in the topics of a cluster, kept in the folder: brokers have
 * taken all messages up to it, perhaps some after it.
 *
 * @param segment name of the segment; empty before the first
 * @param number of the segment; 0 before the first
 * @param lines of the segment that are published
 */
record PublishedUpTo(String segment, int number, long lines) {

  static final PublishedUpTo NOTHING = new PublishedUpTo("", 0, 0);

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Path file(Path folder, String cluster) {
    return folder.resolve(".published-" + cluster.replaceAll("[^A-Za-z0-9_-]", "_") + ".json");
  }

  /**
   * What an earlier run noted; {@link #NOTHING} where it noted none, or where its segments are gone
   * and others are numbered from the beginning.
   *
   * @throws ConfigException if the note is damaged
   */
  static PublishedUpTo read(Path folder, String cluster) throws IOException {
    Path file = file(folder, cluster);
    if (!Files.exists(file)) {
      return NOTHING;
    }
    PublishedUpTo noted;
    try {
      noted = JSON.readValue(Files.readAllBytes(file), PublishedUpTo.class);
    } catch (JsonProcessingException e) {
      throw new ConfigException(
          file + " is damaged; delete it, and the whole folder is published again", e);
    }
    List<SegmentFolder.Name> names = SegmentFolder.names(folder);
    boolean restarted =
        names.stream()
            .anyMatch(n -> n.number() == noted.number() && !n.closed().equals(noted.segment()));
    int last =
        names.stream()
            .max(Comparator.comparing(SegmentFolder.Name::number))
            .map(SegmentFolder.Name::number)
            .orElse(0);
    return restarted || last < noted.number() ? NOTHING : noted;
  }

  void write(Path folder, String cluster) throws IOException {
    Segment.writeWhole(file(folder, cluster), JSON.writeValueAsBytes(this));
  }

  /** Lines of closed segments that are not published, by their manifests. */
  long linesBehind(Path folder) throws IOException {
    long behind = 0;
    for (SegmentFolder.Name name : SegmentFolder.names(folder)) {
      Path manifest = Segment.manifest(folder.resolve(name.closed()));
      if (name.number() >= number && Files.exists(manifest)) {
        behind += JSON.readValue(manifest.toFile(), Manifest.class).content().lines();
        behind -= name.number() == number ? lines : 0;
      }
    }
    return behind;
  }
}
