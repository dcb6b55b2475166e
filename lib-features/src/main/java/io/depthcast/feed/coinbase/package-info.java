/**
 * Captured Coinbase market data, of the Exchange feed and of Advanced Trade: messages become rows,
 * and the book is rebuilt in full depth.
 *
 * <h2>Lines</h2>
 *
 * <p>One message a line, with or without its receive time, in the forms of {@link
 * io.depthcast.feed.CaptureLine}. What a message belongs to is told from its fields: {@code type}
 * is the Exchange feed, {@code channel} Advanced Trade.
 *
 * <pre>
 * {"type":"snapshot","product_id":"BTC-USD","bids":[["9192.00","7.48040715"]],"asks":[["9192.01","0.25"]]}
 * {"type":"l2update","product_id":"BTC-USD","changes":[["buy","9170.51","0.01"]],"time":"2018-04-24T03:52:17.202Z"}
 * {"type":"match","trade_id":41700566,"side":"sell","size":"0.1","price":"8337.67000000","product_id":"BTC-USD","time":"2018-04-15T23:11:43.047000Z"}
 * 1786309548505350477 {"channel":"l2_data","timestamp":"2026-08-09T21:05:48.505350477Z","sequence_num":14,"events":[{"type":"update","product_id":"BTC-USD","updates":[{"side":"bid","event_time":"2026-08-09T21:05:48.210883Z","price_level":"65062.5","new_quantity":"0.00583"}]}]}
 * {"t":"recv","conn":"COINBASE.ws.2","ts":1786309548.629,"data":"{\"channel\":\"market_trades\",\"timestamp\":\"2026-08-09T21:05:48.228568804Z\",\"sequence_num\":0,\"events\":[{\"type\":\"update\",\"trades\":[{\"product_id\":\"BTC-USD\",\"trade_id\":\"1068572090\",\"price\":\"65083.67\",\"size\":\"0.002186\",\"time\":\"2026-08-09T21:05:42.514318Z\",\"side\":\"SELL\"}]}]}"}
 * </pre>
 *
 * <h2>Rows</h2>
 *
 * <table>
 * <caption>What a message of the product gives</caption>
 * <tr><th>message</th><th>row</th><th>its changes</th></tr>
 * <tr><td>{@code l2update}; an update event of {@code l2_data}</td><td>update; {@code venueSeq} is
 *   {@code sequence_num}, missing on the Exchange feed</td>
 *   <td>each level listed, in the order of the message: add where the size grows, comes or is as
 *   before, cancel where it shrinks, delete where it goes; the size is that after the
 *   change</td></tr>
 * <tr><td>{@code match}; each trade of an update event of {@code market_trades}, in the order of the
 *   ids</td><td>trade, {@code venueSeq} the trade id</td>
 *   <td>one trade; the side is the maker's, that of the resting order</td></tr>
 * <tr><td>{@code snapshot}; a snapshot event of {@code l2_data}</td><td>snapshot</td>
 *   <td>each level of the book, from the best down, bids first</td></tr>
 * </table>
 *
 * <p>Trades that a subscription begins with ({@code last_match}, snapshot events of {@code
 * market_trades}) were made before it and give no row; those not had are counted as missed. Other
 * channels, products and types are counted and left out.
 *
 * <p>{@code tsEvent} is {@code time}, or {@code event_time} of the level: the latest of a message,
 * and of all rows before. Where {@code event_time} is missing or before 2001 it is the message's
 * {@code timestamp}. A snapshot of the Exchange feed bears no time: its row is given with the time
 * of the next update or trade.
 *
 * <h2>When the book stands</h2>
 *
 * <p>From a snapshot on. Rows are suspect and have no levels
 *
 * <ul>
 *   <li>from the first row to the first snapshot (missing snapshot);
 *   <li>from a step of {@code sequence_num} by more than one to the next snapshot (sequence gap).
 *       It counts all messages of a connection, whatever they are about, so any that is missing may
 *       be of the book;
 *   <li>from a rejected message that may have been about the book to the next snapshot (sequence
 *       gap);
 *   <li>on the Exchange feed, from an update sent before the last one, by no more than the venue's
 *       clock may go back, to the next snapshot (sequence gap): it came late, and where both change
 *       a level the earlier size would stand. None of 112,520 updates of 2018 steps back;
 *   <li>from a sign that the connection was made anew to its snapshot (reconnect): a {@code
 *       connect} line of the capture, a {@code sequence_num} that begins again while time goes on,
 *       or, more than five seconds after the last snapshot, a list of {@code subscriptions} that
 *       came before. A snapshot while the book stands is the last such sign; its own row is
 *       suspect, since the step to it hides changes. One of another connection need not be such a
 *       step, see below.
 * </ul>
 *
 * <p>Rows that were given before such a sign are suspect too, where the sign says that their book
 * was wrong already: with an update that came late, those since the last update that was sent
 * before it.
 *
 * <p>The Exchange feed does not number its messages about the book, and no snapshot of either feed
 * says how old it is. So a capture may have a second connection beside the first, a witness, whose
 * name begins with {@link io.depthcast.feed.coinbase.CoinbaseReader#WITNESS}. It gives no row.
 * Where both have told of the same time of the venue, in as many messages of that time, their books
 * must be one, level by level, however far one connection is behind the other:
 *
 * <ul>
 *   <li>an update came on the witness only: rows are suspect from the first after both agreed
 *       (sequence gap), also where the book is right again by the time the witness tells;
 *   <li>the books differ, and no message is missing on one of them alone: the book that has agreed
 *       with the other since its snapshot is right; where that is the witness's, rows are suspect
 *       from the first after both agreed, or from the snapshot (book check); where neither has
 *       agreed yet, too, until both do;
 *   <li>where the witness is known to be right, its book takes over as soon as neither is behind:
 *       its row is the last suspect one;
 *   <li>where the witness is known to be wrong, by an update that came on the first connection
 *       only, by a number, a time or a line of its own, or as it does not agree since its snapshot
 *       with a book that had agreed before, nothing more is heard of it until its next snapshot.
 * </ul>
 *
 * <p>What both connections miss is not found. The first time after a snapshot is not compared: a
 * stale book that is right again with the second update after it is not found either. That the
 * venue sends the same updates with the same times on each connection is taken for granted; where
 * it does not, times do not meet, and nothing is compared.
 *
 * <p>A removal of a level that is not there would tell that an update was lost, but Advanced Trade
 * sends such removals too, where the numbers show that none is missing (27 in 25 s of BTC-USD):
 * levels that came and went between two messages. So they are counted and make no row suspect.
 * 112,520 updates of 2018 have none.
 *
 * <p>What was had before gives no row again. Trades are told by their ids. Messages of Advanced
 * Trade numbered and sent no later than the last are left out. Updates of the Exchange feed are
 * left out where their text is that of the last one, which changes nothing, and where a later file
 * has them and they are older than the last, or as old as the last and among the first so many of
 * that time. Where the capture names connections, the book is that of one of them: messages of the
 * others about it give no row, and trades that were not had yet do.
 *
 * <p>The book of another connection that overlaps with the one before, as when one is replaced
 * before the venue ends it, is brought up to date beside that, without rows. It takes over with the
 * first update that the other has not brought, or when the other loses its book; without a row and
 * without a step, if both books have the same levels and sizes and the connections overlapped: one
 * has told of a time that the other had told of, or the other was heard within the last second.
 * Else its book is a row, suspect as that of any new connection. A trade of the new connection is
 * suspect while its book is another and nothing was heard of the other connection since: that one
 * may have ended. A connection without a name is known for another only in another file.
 *
 * <p>Further suspect rows: a crossed or locked book, as long as it lasts; a price off the grid; the
 * venue's clock behind its latest time, or a step of receive time minus venue time, beyond the
 * tolerance; the first row after silence, after a heartbeat that does not follow the one before,
 * after a rejected line, after a negative size. Silence is measured by the receive times, without
 * them by the venue's. A time further from the receive time than {@code maxSkewMs}, without receive
 * times more than a day after the rows before, is rejected.
 *
 * <p>Belongs here: what is particular to this venue. Does not: opening files ({@code jobs}), and
 * what all captured feeds share ({@code feed}).
 */
package io.depthcast.feed.coinbase;
