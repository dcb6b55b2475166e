package io.depthcast.quality;

/**
 * Data that breaks a promise. The message is the one line a user sees: which file, which line,
 * which value, and what to do.
 */
public class DataContractException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DataContractException(String message) {
    super(message);
  }

  public DataContractException(String message, Throwable cause) {
    super(message, cause);
  }
}
