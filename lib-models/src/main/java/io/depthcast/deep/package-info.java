/**
 * The published networks on ND4J's SameDiff: recurrent, convolutional, of perceptrons, of
 * attention.
 *
 * <p>Belongs here: architectures, the layers they are drawn with, and how a graph of SameDiff
 * becomes a network and learns. Does not: how long a fit goes on and what it keeps ({@code
 * networks}), networks without a native library ({@code bilinear}).
 *
 * <p>An architecture draws its graph with {@link io.depthcast.deep.Layers}; nothing else is its
 * own. Large batches are computed in chunks, which bounds memory, and the gradients of the chunks
 * are added up in their order: docs/decisions/0020. Two networks of the same seed, or restored from
 * the same numbers, give the same bits on the same kind of processor.
 */
package io.depthcast.deep;
