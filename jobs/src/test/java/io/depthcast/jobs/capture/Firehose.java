package io.depthcast.jobs.capture;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * A WebSocket server for one client that sends the same texts again and again at a rate, from bytes
 * that are made once: it leaves the machine to the client.
 */
final class Firehose implements Closeable {

  private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int BURSTS_A_SECOND = 1_000;

  private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final byte[] frames;

  /** Where each frame begins; one more for the end. */
  private final int[] begin;

  private Socket client;

  Firehose(List<String> texts) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    begin = new int[texts.size() + 1];
    for (int i = 0; i < texts.size(); i++) {
      byte[] text = texts.get(i).getBytes(StandardCharsets.UTF_8);
      // RFC 6455, 5.2: a whole text, its length in 7, 16 or 64 bits.
      all.write(0x81);
      if (text.length < 126) {
        all.write(text.length);
      } else if (text.length < 1 << 16) {
        all.write(126);
        all.write(text.length >> 8);
        all.write(text.length);
      } else {
        all.write(127);
        for (int shift = 56; shift >= 0; shift -= 8) {
          all.write((int) ((long) text.length >> shift));
        }
      }
      all.writeBytes(text);
      begin[i + 1] = all.size();
    }
    frames = all.toByteArray();
  }

  String url() {
    return "ws://127.0.0.1:" + server.getLocalPort();
  }

  void awaitClient() throws IOException, GeneralSecurityException {
    client = server.accept();
    client.setTcpNoDelay(true);
    BufferedReader request =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    String key = "";
    String line;
    while (!(line = request.readLine()).isEmpty()) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key:")) {
        key = line.substring(line.indexOf(':') + 1).strip();
      }
    }
    byte[] accepted =
        MessageDigest.getInstance("SHA-1")
            .digest((key + ACCEPT).getBytes(StandardCharsets.US_ASCII));
    client
        .getOutputStream()
        .write(
            ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: "
                    + Base64.getEncoder().encodeToString(accepted)
                    + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Sends so many texts, from the first on; waits where the client takes less.
   *
   * @param perSecond texts; 0 for as fast as they are taken
   * @return the longest that a text was late, nanoseconds
   */
  long send(long count, long perSecond) throws IOException {
    OutputStream out = client.getOutputStream();
    int texts = begin.length - 1;
    long start = System.nanoTime();
    long late = 0;
    long sent = 0;
    while (sent < count) {
      long due = count;
      if (perSecond > 0) {
        long elapsed = System.nanoTime() - start;
        due = Math.min(count, 1 + (long) (elapsed / 1e9 * perSecond));
        late = Math.max(late, elapsed - (long) (sent * 1e9 / perSecond));
      }
      while (sent < due) {
        int from = (int) (sent % texts);
        int to = (int) Math.min(texts, from + due - sent);
        out.write(frames, begin[from], begin[to] - begin[from]);
        sent += to - from;
      }
      if (perSecond > 0) {
        LockSupport.parkNanos(1_000_000_000L / BURSTS_A_SECOND);
      }
    }
    return late;
  }

  @Override
  public void close() throws IOException {
    if (client != null) {
      client.close();
    }
    server.close();
  }
}
