/**
 * LOBSTER files: the names, rows read in lockstep from a message and an orderbook file, and the
 * proof that the messages explain the books.
 *
 * <p>A message row is {@code time,type,order id,size,price,direction}, an orderbook row is {@code
 * ask price 1,ask size 1,bid price 1,bid size 1,ask price 2,...}, the book after the message of the
 * same line:
 *
 * <pre>
 * 34200.004241176,1,16113575,18,5853300,1
 * 5859400,200,5853300,18,5859800,200,5853000,150,...
 * </pre>
 *
 * <p>Source: LOBSTER sample files readme, 1 September 2013. Belongs here: what is particular to
 * this format. Does not: opening files, zips and tables ({@code jobs}).
 */
package io.depthcast.feed.lobster;
