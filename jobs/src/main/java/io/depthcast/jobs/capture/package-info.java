/**
 * Collects a venue's messages over WebSockets and keeps them as they came. Runs without Spark.
 *
 * <h2>Segments</h2>
 *
 * <p>Each message is stored before it is looked at, on a line of its own:
 *
 * <pre>
 * &lt;receive time, ns UTC&gt; &lt;monotonic time, ns&gt; &lt;connection&gt; &lt;counter in the connection, from 1&gt; &lt;message&gt;
 * </pre>
 *
 * <p>The text is the venue's, but for line ends within a message, which become spaces (JSON has
 * them between tokens only). A depth snapshot, which names no instrument, is put in the envelope of
 * combined streams, {@code {"stream":"btcusdt@depthSnapshot","data":...}}.
 *
 * <p>Lines are held in memory for {@code --flush-ms} at most; then they become one zstd frame,
 * which is written and forced to the disk (fsync) before the next. <em>Acknowledged</em> means that
 * fsync has returned: the line survives the end of the process and of the machine. A segment cut
 * anywhere can be read to the last whole line of what was written.
 *
 * <p>A segment that is written to is called {@code .<name>.open}. It is closed by age, by size and
 * at the end: its manifest {@code _<name>.json} is written (counts, first and last times,
 * connections, SHA-256), then it is renamed. What a killed run left open is closed by the next run
 * in the folder, to its last whole line. Names sort in the order of writing, and readers pass over
 * names that begin with a dot or an underscore: the folder is one session of {@code ingest
 * binance}.
 *
 * <h2>Topics</h2>
 *
 * <p>With {@code --kafka} a thread of its own reads the segments again as they are acknowledged and
 * publishes their lines ({@code docs/kafka.md}). The disk is the queue: brokers that are slow or
 * dead keep no receiver waiting. {@code .published-<cluster>.json} notes how far they have taken
 * them; the next run goes on from there.
 *
 * <h2>Gaps</h2>
 *
 * <p>Where the venue numbers its messages, a glance at each says whether one is missing. Binance's
 * books are asked for again by REST while the stream goes on; Coinbase sends one on a new
 * connection. Gaps are not marked in the segments: readers find them in the numbers.
 *
 * <p>Coinbase's Exchange feed numbers no updates, and on neither of its feeds does a snapshot tell
 * how old it is. So a second connection, named {@code witness-...}, is captured beside the first,
 * without trades: no row comes of it, but readers hold the first one's book to its book ({@link
 * io.depthcast.feed.coinbase}). It is renewed each hour.
 *
 * <p>Belongs here: connections, what to ask a venue for, segments. Does not: what messages mean
 * (the feeds of lib-features), tables.
 */
package io.depthcast.jobs.capture;
