/**
 * Networks over windows of rows: what one is, and how one is fitted.
 *
 * <p>Belongs here: the contract of networks, windows as views over rows, the loop of a fit. Does
 * not: any network ({@code bilinear}).
 */
package io.depthcast.networks;
