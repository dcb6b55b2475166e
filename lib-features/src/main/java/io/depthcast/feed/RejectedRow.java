package io.depthcast.feed;

/**
 * A row or message that broke a promise and was left out.
 *
 * @param sourceFile the file with the fault
 * @param lineNo its line, from 1
 * @param reason the value and what was expected
 * @param payload the text as received; of a LOBSTER pair the message line, {@code " | "}, the
 *     orderbook line
 */
public record RejectedRow(String sourceFile, long lineNo, String reason, String payload) {}
