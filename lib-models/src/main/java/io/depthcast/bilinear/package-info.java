/**
 * Temporal attention augmented bilinear networks in plain Java: fast to train on one core, and
 * scored without a native library.
 *
 * <p>Belongs here: the layers with their gradients, the network BiN-CTABL. Does not: networks on
 * other libraries.
 *
 * <p>A window is computed alone, step by step, each step an array of features or units, so that
 * inner loops run over arrays that the JIT compiler vectorises and that stay in the cache. The same
 * code trains and scores, so a window has the same probabilities wherever it is scored.
 */
package io.depthcast.bilinear;
