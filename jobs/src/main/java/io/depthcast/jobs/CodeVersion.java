package io.depthcast.jobs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Version and commit of this build. */
final class CodeVersion {

  private static final String CURRENT = read();

  private CodeVersion() {}

  /** For example {@code 0.1.0 (a1b2c3d)}, with {@code +changes} where the tree was not clean. */
  static String current() {
    return CURRENT;
  }

  private static String read() {
    Properties properties = new Properties();
    try (InputStream in = CodeVersion.class.getResourceAsStream("/depthcast.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String commit = properties.getProperty("commit");
    String dirty = Boolean.parseBoolean(properties.getProperty("dirty")) ? "+changes" : "";
    return properties.getProperty("version")
        + " ("
        + (commit.startsWith("${") ? "no git" : commit + dirty)
        + ")";
  }
}
