/**
 * Networks over windows of rows: what one is, and how one is fitted.
 *
 * <p>Belongs here: the contract of networks, windows as views over rows, the loop of a fit and
 * where it can be taken up again, the optimiser. Does not: any network ({@code bilinear}, {@code
 * deep}).
 */
package io.depthcast.networks;
