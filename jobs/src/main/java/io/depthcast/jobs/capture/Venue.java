package io.depthcast.jobs.capture;

import java.util.List;

/** A feed that can be captured. */
interface Venue {

  /** Name in the segments: {@code binance_spot} and the like. */
  String feed();

  List<String> symbols();

  Timing timing();

  /** What a message is about, for its topic and key; the text from {@code from} to {@code to}. */
  Subject subject(byte[] text, int from, int to);

  /** The connections to keep. */
  List<Route> routes(CaptureContext context);
}
