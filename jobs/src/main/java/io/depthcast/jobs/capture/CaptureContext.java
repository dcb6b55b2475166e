package io.depthcast.jobs.capture;

import java.net.http.HttpClient;
import java.util.Random;

/**
 * What all connections of a collector share.
 *
 * @param run names the run in connection ids
 * @param random for the waits between tries; safe for threads
 */
record CaptureContext(
    String run,
    HttpClient http,
    Journal journal,
    CaptureCounts counts,
    Timing timing,
    Random random) {

  Backoff backoff() {
    return timing.retry().backoff(random);
  }
}
