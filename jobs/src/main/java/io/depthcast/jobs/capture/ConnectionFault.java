package io.depthcast.jobs.capture;

/** A connection has to be replaced; the message says why. */
final class ConnectionFault extends Exception {

  private static final long serialVersionUID = 1L;

  ConnectionFault(String message) {
    super(message);
  }
}
