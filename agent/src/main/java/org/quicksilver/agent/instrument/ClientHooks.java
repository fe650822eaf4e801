package org.quicksilver.agent.instrument;

import java.util.ArrayList;
import java.util.List;

/**
 * Clients that do their requests on threads of their own, over connections that wait in a pool: in
 * each a request is left somewhere by who makes it, and found by whoever has a connection. What a
 * version of them lacks is passed over.
 */
final class ClientHooks {

  private static final String JDK = "jdk/internal/net/http/";
  private static final String JETTY = "org/eclipse/jetty/client/";
  private static final String APACHE_4 = "org/apache/http/";
  private static final String APACHE_5 = "org/apache/hc/core5/";
  private static final String REACTOR = "reactor/netty/";

  /** All of them. */
  static final List<Hook> ALL = all();

  private ClientHooks() {}

  private static List<Hook> all() {
    List<Hook> hooks = new ArrayList<>(64);
    jdk(hooks);
    okHttp(hooks);
    jetty(hooks);
    apache4(hooks);
    apache5(hooks);
    reactor(hooks);
    vertx(hooks);
    return List.copyOf(hooks);
  }

  private static Hook task(String type, int arity, String advice, String... methods) {
    return TaskHooks.task(type, arity, advice, methods);
  }

  /** The JDK's, which is no part of its core; frames of HTTP/2 are written by whoever comes by. */
  private static void jdk(List<Hook> hooks) {
    hooks.add(task(JDK + "Http1Exchange", 1, "Submit", "appendToOutgoing"));
    hooks.add(task(JDK + "Http1Exchange", 0, "Piece", "getOutgoing"));
    hooks.add(task(JDK + "HttpConnection$PlainHttpPublisher", 1, "Submit", "enqueue"));
    hooks.add(task(JDK + "SocketTube$InternalWriteSubscriber", 1, "AgainWith", "onNext"));
    hooks.add(TaskHooks.request(JDK + "Http2Connection", 2, "Numbered", "putStream"));
  }

  /** Whoever has finished one starts the next that waits. */
  private static void okHttp(List<Hook> hooks) {
    for (String call :
        List.of("okhttp3/internal/connection/RealCall$AsyncCall", "okhttp3/RealCall$AsyncCall")) {
      hooks.add(TaskHooks.made(call));
      hooks.add(TaskHooks.resumed(call, "executeOn", 1));
    }
    hooks.add(
        TaskHooks.request("okhttp3/internal/http2/Http2Connection", 3, "Sending", "newStream"));
    hooks.add(TaskHooks.request("okhttp3/internal/http2/Http2Writer", 3, "Headers", "headers"));
  }

  /**
   * Whoever gives a connection back takes the next exchange; answers are read by a pool. A thread
   * that is still busy with the end of an exchange sends what another begins to send meanwhile.
   */
  private static void jetty(List<Hook> hooks) {
    for (String any : List.of(JETTY + "transport/", JETTY)) {
      hooks.add(TaskHooks.made(any + "HttpExchange"));
      hooks.add(task(any + "HttpChannel", 1, "Over", "disassociate"));
    }
    hooks.add(
        task(
            JETTY + "transport/HttpSender$ContentSender",
            Hook.ANY,
            "KeptExchange",
            "process",
            "onSuccess",
            "onCompleteFailure"));
    for (String http : List.of(JETTY + "transport/internal/", JETTY + "http/")) {
      hooks.add(task(http + "HttpConnectionOverHTTP", 1, "Kept", "send"));
      hooks.add(task(http + "HttpConnectionOverHTTP", 0, "Events", "onFillable"));
      // Version 9; all others.
      hooks.add(task(http + "HttpSenderOverHTTP", 3, "Kept", "sendHeaders", "sendContent"));
      hooks.add(task(http + "HttpSenderOverHTTP", 4, "Kept", "sendHeaders"));
      hooks.add(task(http + "HttpSenderOverHTTP", 4, "KeptContent", "sendContent"));
      hooks.add(task(http + "HttpSenderOverHTTP$ContentCallback", 0, "KeptSelf", "process"));
    }
  }

  /** A reactor's thread asks a handler what to write, and writes it later. */
  private static void apache4(List<Hook> hooks) {
    waiting(hooks, APACHE_4 + "concurrent/BasicFuture");
    String nio = APACHE_4 + "impl/nio/";
    hooks.add(TaskHooks.made(nio + "client/AbstractClientExchangeHandler"));
    hooks.add(
        task(nio + "client/DefaultClientExchangeHandlerImpl", 0, "GoOnSelf", "generateRequest"));
    hooks.add(
        task(nio + "client/MinimalClientExchangeHandlerImpl", 0, "GoOnSelf", "generateRequest"));
    hooks.add(task(nio + "DefaultNHttpClientConnection", 1, "Invoke", "submitRequest"));
    hooks.add(task(nio + "DefaultNHttpClientConnection", 1, "GoOnSelf", "produceOutput"));
    hooks.add(task(nio + "reactor/AbstractIOReactor", 1, "EventsOf", "processEvent"));
  }

  /** Who waits for a connection is told by who gives one back. */
  private static void waiting(List<Hook> hooks, String future) {
    hooks.add(TaskHooks.made(future));
    hooks.add(task(future, 1, "Dispatch", "completed", "failed", "cancel"));
  }

  private static void apache5(List<Hook> hooks) {
    waiting(hooks, APACHE_5 + "concurrent/BasicFuture");
    hooks.add(TaskHooks.made(APACHE_5 + "http/nio/command/RequestExecutionCommand"));
    hooks.add(task(APACHE_5 + "http/impl/nio/ClientHttp1StreamDuplexer", 1, "GoOn", "execute"));
    hooks.add(task(APACHE_5 + "reactor/InternalChannel", 1, "Events", "handleIOEvent"));
  }

  private static void reactor(List<Hook> hooks) {
    for (String borrower :
        List.of(
            "reactor/pool/AbstractPool$Borrower",
            REACTOR + "internal/shaded/reactor/pool/AbstractPool$Borrower",
            REACTOR + "http/client/Http2Pool$Borrower")) {
      hooks.add(TaskHooks.made(borrower));
      hooks.add(task(borrower, 1, "Dispatch", "deliver", "fail"));
    }
    for (String acquiring :
        List.of(
            REACTOR + "resources/DefaultPooledConnectionProvider$DisposableAcquire",
            REACTOR + "http/client/Http2ConnectionProvider$DisposableAcquire")) {
      hooks.add(TaskHooks.made(acquiring));
      hooks.add(
          task(
              acquiring,
              Hook.ANY,
              "Again",
              "onStateChange",
              "operationComplete",
              "onNext",
              "run",
              "onUncaughtException"));
    }
  }

  /** Version 4, and 5. */
  private static void vertx(List<Hook> hooks) {
    for (String pool : List.of("io/vertx/core/net/impl/pool/", "io/vertx/core/internal/pool/")) {
      hooks.add(task(pool + "PoolWaiter", 4, "HandlerKept", "<init>"));
      hooks.add(task(pool + "SimpleConnectionPool$LeaseImpl", 0, "HandlerCalled", "emit"));
    }
  }
}
