package io.depthcast.jobs.capture;

import java.util.List;

/** A feed that can be captured. */
interface Venue {

  /** Name in the segments: {@code binance_spot} and the like. */
  String feed();

  List<String> symbols();

  Timing timing();

  /** The connections to keep. */
  List<Route> routes(CaptureContext context);
}
