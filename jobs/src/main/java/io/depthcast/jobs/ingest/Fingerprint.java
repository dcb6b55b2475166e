package io.depthcast.jobs.ingest;

/** What identifies the content of a source file in the ledger. */
final class Fingerprint {

  private Fingerprint() {}

  /** {@code crc32c:} and eight hexadecimal digits. */
  static String crc32c(long checksum) {
    return String.format("crc32c:%08x", checksum);
  }
}
