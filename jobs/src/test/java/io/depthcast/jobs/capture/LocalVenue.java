package io.depthcast.jobs.capture;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.framing.Framedata;
import org.java_websocket.framing.TextFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;

/**
 * A venue on this machine: a WebSocket that sends what it is given, at a rate, to whoever is
 * connected, and a REST interface that answers depth; both misbehave on command.
 */
final class LocalVenue implements AutoCloseable {

  /** What goes wrong with a message. */
  enum Fault {
    /** It is not sent. */
    DROP,
    /** It is sent twice. */
    DUPLICATE,
    /** It is sent after the next. */
    LATE,
    /** It is sent without its last three characters. */
    CUT,
    /** The connections break in the middle of it. */
    BREAK,
    /** All connections are closed before it. */
    CLOSE,
    /** Nothing is sent for half a second. */
    STALL,
    /** From here on these connections get nothing, not even answers to pings. */
    SILENCE,
    /** From here on these connections get nothing but answers to pings. */
    MUTE
  }

  /** One connection: what was sent on it, whole messages only, and what it sent. */
  static final class Client {
    final List<String> sent = new ArrayList<>();
    final List<String> received = new ArrayList<>();
    final String path;
    private volatile boolean admitted;
    private volatile boolean silent;
    private volatile boolean deaf;
    private long sequence;

    Client(String path) {
      this.path = path;
    }

    /** Whether it has asked Coinbase for trades. */
    synchronized boolean wantsTrades() {
      return received.stream().anyMatch(text -> text.matches(".*\"(matches|market_trades)\".*"));
    }

    /** The message with its number on this connection, where it has one. */
    private String numbered(String message) {
      return message.contains(NUMBER)
          ? message.replace(NUMBER, Long.toString(sequence++))
          : message;
    }
  }

  /**
   * Stands in a message for its number on a connection: 0, 1, 2 ..., whatever goes wrong with it.
   */
  static final String NUMBER = "#number#";

  private static final Pattern STREAM = Pattern.compile("\\{\"stream\":\"([^\"]+)\"");

  private final TrueBook book;
  private final String staleSnapshot;
  private final Map<WebSocket, Client> open = new ConcurrentHashMap<>();
  private final List<Client> clients = new ArrayList<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch connected = new CountDownLatch(1);
  private final Sockets sockets = new Sockets();
  private final HttpServer rest;

  /**
   * What REST answers next instead of the depth: a status, or {@code stale} or {@code malformed}.
   */
  final Queue<String> restFaults = new ConcurrentLinkedQueue<>();

  /** An answer of REST takes one of these, and waits where none is left. */
  final Semaphore answersAllowed = new Semaphore(1_000_000);

  /** Answers of REST with status 200, whatever they held. */
  final AtomicInteger answers = new AtomicInteger();

  /** Answers of REST of any status. */
  final AtomicInteger answered = new AtomicInteger();

  /** Times of REST requests, by this machine's monotonic clock. */
  final Queue<Long> restRequests = new ConcurrentLinkedQueue<>();

  /** Messages sent on each new connection at once. */
  volatile List<String> greeting = List.of();

  /** Whether new connections get messages at once, not only once they are admitted. */
  volatile boolean admitsAtOnce = true;

  /** So many connections are refused next. */
  final AtomicInteger refusals = new AtomicInteger();

  LocalVenue(VenueText text) throws IOException, InterruptedException {
    book = text == null ? null : new TrueBook(text.snapshot());
    staleSnapshot = text == null ? null : text.snapshot();
    rest = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    rest.createContext("/", this::answer);
    rest.start();
    sockets.setReuseAddr(true);
    sockets.setConnectionLostTimeout(0);
    sockets.setTcpNoDelay(true);
    sockets.start();
    started.await();
  }

  String url() {
    return "ws://127.0.0.1:" + sockets.getPort();
  }

  String restUrl() {
    return "http://127.0.0.1:" + rest.getAddress().getPort();
  }

  TrueBook book() {
    return book;
  }

  /** Every connection there was, in order. */
  List<Client> clients() {
    synchronized (clients) {
      return List.copyOf(clients);
    }
  }

  /** How many are connected. */
  int open() {
    return open.size();
  }

  /** How many of a kind are connected. */
  long open(Predicate<Client> kind) {
    return open.values().stream().filter(kind).count();
  }

  /** Messages sent on all connections, and answers of REST that are messages. */
  long sent() {
    return answers.get() + clients().stream().mapToLong(client -> client.sent.size()).sum();
  }

  /** Sends messages to who waits to be admitted; from now on he gets what all get. */
  void admit(List<String> messages) {
    open.forEach(
        (socket, client) -> {
          if (!client.admitted) {
            admit(socket, client, messages);
          }
        });
  }

  private static void admit(WebSocket socket, Client client, List<String> messages) {
    messages.forEach(message -> sendTo(socket, client, client.numbered(message)));
    client.admitted = true;
  }

  void awaitConnection() throws InterruptedException {
    if (!connected.await(20, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Nobody connected");
    }
  }

  /** Sends all messages, with the faults at their places, one each so many microseconds. */
  void play(List<String> messages, long everyMicros, Map<Integer, Fault> faults) {
    play(messages, everyMicros, faults, client -> true);
  }

  /** The same to connections of a kind. */
  void play(
      List<String> messages, long everyMicros, Map<Integer, Fault> faults, Predicate<Client> kind) {
    Map<Integer, Fault> left = new TreeMap<>(faults);
    long next = System.nanoTime();
    Map<WebSocket, String> late = Map.of();
    for (int i = 0; i < messages.size(); i++) {
      next += everyMicros * 1_000;
      LockSupport.parkNanos(next - System.nanoTime());
      String message = stamped(messages.get(i));
      if (book != null && VenueText.isUpdate(message)) {
        book.apply(message);
      }
      Fault fault = left.remove(i);
      if (fault == Fault.CLOSE) {
        close(kind);
      }
      Map<WebSocket, String> texts = addressed(message, kind);
      if (fault == null) {
        send(texts);
      } else {
        misbehave(fault, texts);
      }
      send(late);
      late = fault == Fault.LATE ? texts : Map.of();
    }
  }

  private void close(Predicate<Client> kind) {
    open.forEach(
        (socket, client) -> {
          if (kind.test(client)) {
            socket.close(1001, "going away");
            open.remove(socket);
          }
        });
  }

  /** The venue's clock is this machine's. */
  private static String stamped(String message) {
    return message.replaceFirst("\"E\":\\d+", "\"E\":" + System.currentTimeMillis());
  }

  private void misbehave(Fault fault, Map<WebSocket, String> texts) {
    switch (fault) {
      case DROP, LATE, CLOSE -> {}
      case DUPLICATE -> {
        send(texts);
        send(texts);
      }
      case CUT -> {
        texts.replaceAll((socket, text) -> text.substring(0, text.length() - 3));
        send(texts);
      }
      case BREAK -> texts.forEach(this::breakOff);
      case STALL -> {
        LockSupport.parkNanos(500_000_000L);
        send(texts);
      }
      case SILENCE, MUTE -> {
        for (WebSocket socket : texts.keySet()) {
          Client client = socket.getAttachment();
          client.silent = true;
          client.deaf = fault == Fault.SILENCE;
        }
      }
    }
  }

  private void breakOff(WebSocket socket, String text) {
    TextFrame half = new TextFrame();
    half.setFin(false);
    half.setPayload(
        ByteBuffer.wrap(text.substring(0, text.length() / 2).getBytes(StandardCharsets.UTF_8)));
    open.remove(socket);
    socket.sendFrame(half);
    LockSupport.parkNanos(20_000_000L);
    socket.closeConnection(1006, "");
  }

  /** Waits until nothing is left to be sent. */
  void awaitSent() throws InterruptedException {
    while (open.keySet().stream().anyMatch(WebSocket::hasBufferedData)) {
      Thread.sleep(5);
    }
  }

  /** Sends to all who are connected and have asked for the message's stream, if it has one. */
  void send(String message) {
    send(addressed(message, client -> true));
  }

  private void send(Map<WebSocket, String> texts) {
    texts.forEach((socket, text) -> sendTo(socket, socket.getAttachment(), text));
  }

  /** The message as each is to get it. */
  private Map<WebSocket, String> addressed(String message, Predicate<Client> kind) {
    Matcher stream = STREAM.matcher(message);
    String name = stream.lookingAt() ? stream.group(1) : "";
    Map<WebSocket, String> texts = new HashMap<>();
    open.forEach(
        (socket, client) -> {
          // Waits until a greeting is out.
          synchronized (client) {
            if (client.admitted
                && !client.silent
                && client.path.contains(name)
                && kind.test(client)) {
              texts.put(socket, client.numbered(message));
            }
          }
        });
    return texts;
  }

  private static void sendTo(WebSocket socket, Client client, String message) {
    synchronized (client) {
      try {
        socket.send(message);
        client.sent.add(message);
      } catch (org.java_websocket.exceptions.WebsocketNotConnectedException gone) {
        // It is not among the messages sent, then.
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    restRequests.add(System.nanoTime());
    answersAllowed.acquireUninterruptibly();
    String fault = restFaults.poll();
    int status = 200;
    String body = stamped(fault == null ? book.snapshot() : staleSnapshot);
    if (fault != null && fault.matches("\\d{3}.*")) {
      status = Integer.parseInt(fault.substring(0, 3));
      body = "{\"code\":-1003,\"msg\":\"as the test asks\"}";
      if (fault.length() > 3) {
        exchange.getResponseHeaders().add("Retry-After", fault.substring(4));
      }
    } else if ("malformed".equals(fault)) {
      body = body.substring(0, body.length() / 2);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    answers.addAndGet(status == 200 ? 1 : 0);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
    answered.incrementAndGet();
  }

  @Override
  public void close() {
    answersAllowed.release(1_000);
    rest.stop(0);
    try {
      sockets.stop(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Sockets extends WebSocketServer {

    Sockets() {
      super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
    }

    @Override
    public void onStart() {
      started.countDown();
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
        WebSocket socket, Draft draft, ClientHandshake request) throws InvalidDataException {
      if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        throw new InvalidDataException(CloseFrame.REFUSE, "as the test asks");
      }
      return super.onWebsocketHandshakeReceivedAsServer(socket, draft, request);
    }

    @Override
    public void onOpen(WebSocket socket, ClientHandshake handshake) {
      Client client = new Client(handshake.getResourceDescriptor());
      synchronized (clients) {
        clients.add(client);
      }
      socket.setAttachment(client);
      // Others who send to it wait until the greeting is out.
      synchronized (client) {
        open.put(socket, client);
        if (admitsAtOnce) {
          admit(socket, client, greeting);
        }
      }
      connected.countDown();
    }

    @Override
    public void onWebsocketPing(WebSocket socket, Framedata frame) {
      Client client = socket.getAttachment();
      if (!client.deaf) {
        super.onWebsocketPing(socket, frame);
      }
    }

    @Override
    public void onClose(WebSocket socket, int code, String reason, boolean remote) {
      open.remove(socket);
    }

    @Override
    public void onMessage(WebSocket socket, String message) {
      Client client = socket.getAttachment();
      synchronized (client) {
        client.received.add(message);
      }
    }

    @Override
    public void onError(WebSocket socket, Exception fault) {
      if (socket == null) {
        throw new IllegalStateException(fault);
      }
    }
  }
}
