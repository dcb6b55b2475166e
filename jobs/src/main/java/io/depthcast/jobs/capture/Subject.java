package io.depthcast.jobs.capture;

import io.depthcast.jobs.source.Topics;

/**
 * What a message is about.
 *
 * @param trade whether it is a trade
 * @param symbol as the venue writes it; {@link Topics#NO_SYMBOL} for none
 */
record Subject(boolean trade, String symbol) {

  static final Subject NONE = new Subject(false, Topics.NO_SYMBOL);
}
