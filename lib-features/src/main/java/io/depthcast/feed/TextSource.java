package io.depthcast.feed;

import java.io.InputStream;

/**
 * An opened text, not compressed.
 *
 * @param name what messages call it, the file name without folders
 * @param in read once, closed by the reader that it is given to
 */
public record TextSource(String name, InputStream in) {}
