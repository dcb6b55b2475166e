package io.depthcast.jobs.capture;

import java.net.URI;
import java.util.function.Supplier;

/**
 * One of the connections that a feed takes.
 *
 * @param name for connection ids, lower case letters
 * @param conversation begins a conversation, for each new connection
 */
record Route(String name, URI address, Supplier<Conversation> conversation) {}
