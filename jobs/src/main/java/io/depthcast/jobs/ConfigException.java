package io.depthcast.jobs;

/** A usage or configuration mistake; its message is the one line the user sees. Exit code 2. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }

  public ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
