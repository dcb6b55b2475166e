/**
 * Captured Binance market data of the spot, USD-M and COIN-M markets: messages become rows, and the
 * book is rebuilt by the venue's rules.
 *
 * <h2>Lines</h2>
 *
 * <p>A line is what was received at one time, in one of three forms: receive time and message;
 * receive time, three more columns (a monotonic time, a connection, its counter) and message; or a
 * line of a cryptofeed capture, of which {@code recv} lines and {@code http} lines with a depth
 * snapshot are read. Receive times are nanoseconds UTC, cryptofeed's seconds. A message comes in
 * the envelope of combined streams or bare:
 *
 * <pre>
 * 1723161254036059768 {"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255308,"s":"BTCUSDT","U":50093239203,"u":50093239207,"b":[["55653.87","0.000"]],"a":[["61838.04","0.323"]]}}
 * 1723161254036059768 81234567 ws-1 17 {"e":"trade","E":1723161255343,"s":"BTCUSDT","t":3735683259,"p":"61837.63","q":"0.02","T":1723161255342,"m":true,"M":true}
 * {"t":"recv","conn":"BINANCE.ws.1","ts":1633998513.377805,"data":"{\"stream\":\"nknusdt@bookTicker\",\"data\":{\"u\":499869768,\"s\":\"NKNUSDT\",\"b\":\"0.35210000\",\"B\":\"672.0\",\"a\":\"0.35260000\",\"A\":\"3199.0\"}}"}
 * </pre>
 *
 * <h2>Rows</h2>
 *
 * <table>
 * <caption>What a message of the instrument gives</caption>
 * <tr><th>message</th><th>row</th><th>its changes</th></tr>
 * <tr><td>{@code depthUpdate}: U, u, futures also pu</td><td>update, {@code venueSeq} u</td>
 *   <td>each level listed, in the order of the message, bids first: add where the size grows,
 *   comes or is as before, cancel where it shrinks, delete where it goes; the size is that after
 *   the change</td></tr>
 * <tr><td>{@code trade}, {@code aggTrade}</td><td>trade, {@code venueSeq} the (last) trade id</td>
 *   <td>one trade; {@code m = true}, the buyer is the maker, is a resting bid</td></tr>
 * <tr><td>snapshot: lastUpdateId, bids, asks</td><td>snapshot, {@code venueSeq} the id of the last
 *   update in it</td><td>each level of the book, from the best down, bids first</td></tr>
 * <tr><td>{@code bookTicker}</td><td>none: compared with the book of the same update id and
 *   counted</td><td></td></tr>
 * </table>
 *
 * <p>An update is not a list of orders: what came and went within it is not seen. While no book
 * stands, sizes before are not known, and each level above zero counts as added. An update without
 * levels has no row. An aggregate trade counts as its trades do: where both streams were captured,
 * whichever comes first. Futures trades that are marked as not made against the book (insurance
 * fund, deleveraging) have no row.
 *
 * <p>{@code tsEvent} is the venue's E (milliseconds or microseconds) in nanoseconds. Where a
 * message bears none, as snapshots and frames of the spot market, it is that of the last row which
 * had one plus what the receiver's clock has gone since; before any, the receive time.
 *
 * <h2>When the book stands</h2>
 *
 * <p>By "How to manage a local order book correctly" of the venue. An update follows the last if
 * {@code U <= u + 1} (spot) or {@code pu = u} (futures); else updates are missing. A snapshot
 * becomes the book when an update received before or after it bridges it: {@code U <= lastUpdateId
 * + 1} and {@code u >= lastUpdateId} (spot), {@code U <= lastUpdateId <= u} (futures); that update
 * and those after it are applied to it, and its row shows the result. A snapshot older than the
 * buffered updates is left out. Updates and trades that were had already (repeated, of a second
 * capture that overlaps) give no row; but an update numbered before the last and later by more than
 * the limit of silence says that the venue counts anew.
 *
 * <p>Where the capture names connections and two overlap, as when one is replaced before the venue
 * ends it, either may be ahead. An update or trade that leaves out others waits while another
 * connection may yet bring them: one that has not come so far and was heard within the last second;
 * five seconds at most. So the two join without a gap.
 *
 * <p>A snapshot reaches 5000 levels a side at most. Levels beyond are unknown until an update names
 * them, so a price that leaves that range may come upon a book with holes: capture a snapshot now
 * and then. One that comes while the book stands is taken as well; levels beyond its last stay.
 *
 * <p>While no book stands, rows are suspect and their levels are missing: from the first row to the
 * first whole book (missing snapshot), and from the first row after a gap to the snapshot that ends
 * it (sequence gap). A rejected update is a gap. A snapshot without a symbol is taken for one of
 * the instrument; one of another is not bridged but by chance.
 *
 * <p>Further suspect rows: a crossed or locked book, as long as it lasts; a price off the grid; the
 * venue's clock behind its latest time, or a step of receive time minus venue time, beyond the
 * tolerance; the first row after silence, after a rejected line, after a negative size.
 *
 * <h2>Frames</h2>
 *
 * <p>With {@link io.depthcast.feed.binance.BinanceDepth#FRAMES} the best levels that
 * {@code @depth5}, {@code @depth10} and {@code @depth20} streams repeat, or snapshots asked for
 * again and again, are a whole book each. {@code isSampled()} of the reader says so: what happened
 * between them is not known.
 *
 * <p>Belongs here: what is particular to this venue. Does not: opening files ({@code jobs}), and
 * what all captured feeds share ({@code feed}).
 */
package io.depthcast.feed.binance;
