/**
 * How far the market data of a lake can be trusted: what is lost to which cause, how late messages
 * came, what the two clocks say, how often the book changed.
 *
 * <p>Belongs here: the job that reads the silver tables, what it prints and its page. Does not
 * belong here: finding what is wrong with a feed, which its reader does at ingest, and how a page
 * is written ({@code page}).
 */
package io.depthcast.jobs.quality;
