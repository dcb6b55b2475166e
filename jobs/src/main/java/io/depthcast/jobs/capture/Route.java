package io.depthcast.jobs.capture;

import java.net.URI;
import java.util.function.Supplier;

/**
 * One of the connections that a feed takes.
 *
 * @param name for connection ids, lower case letters
 * @param renewAfterMs age at which a connection is renewed
 * @param conversation begins a conversation, for each new connection
 */
record Route(String name, URI address, long renewAfterMs, Supplier<Conversation> conversation) {}
