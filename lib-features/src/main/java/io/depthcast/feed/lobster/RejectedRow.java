package io.depthcast.feed.lobster;

/**
 * A row that broke a promise and was left out.
 *
 * @param sourceFile the file with the fault
 * @param lineNo its line, from 1
 * @param reason the value and what was expected
 * @param payload message line, {@code " | "}, orderbook line, as received
 */
public record RejectedRow(String sourceFile, long lineNo, String reason, String payload) {}
