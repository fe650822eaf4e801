package org.quicksilver.agent.instrument;

import java.util.ArrayList;
import java.util.List;

/**
 * Netty and what gRPC makes of it: the hand-over of tasks, requests that share a connection, and
 * sockets that are opened without the JDK, by epoll. Each hook twice: most programs have gRPC with
 * a Netty of its own. What a version lacks is passed over.
 */
final class NettyHooks {

  /** Before the names of classes that gRPC's own copy consists of. */
  private static final String SHADED = "io/grpc/netty/shaded/";

  private static final String SOCKETS = "socket";
  private static final String CONCURRENT = "io/netty/util/concurrent/";
  private static final String HTTP = "io/netty/handler/codec/http2/";
  private static final String UNIX = "io/netty/channel/unix/";
  private static final String EPOLL = "io/netty/channel/epoll/";

  /** In both. */
  static final List<Hook> ALL = all();

  private NettyHooks() {}

  private static List<Hook> all() {
    List<Hook> hooks = new ArrayList<>(64);
    tasks(hooks);
    requests(hooks);
    sockets(hooks);
    for (Hook hook : List.copyOf(hooks)) {
      String type = SHADED + hook.type();
      hooks.add(new Hook(hook.family(), type, hook.methods(), hook.arity(), hook.advice()));
    }
    // These are the same in both.
    String waiting = "io/grpc/internal/DelayedClientTransport$PendingStream";
    hooks.add(TaskHooks.made(waiting));
    hooks.add(TaskHooks.resumed(waiting, "createRealStream", Hook.ANY));
    String nameless = "io/grpc/internal/ManagedChannelImpl$RealChannel$PendingCall";
    hooks.add(TaskHooks.made(nameless));
    hooks.add(TaskHooks.resumed(nameless, "reprocess", 0));
    return List.copyOf(hooks);
  }

  /** What comes before the names of Netty's classes where this one is; empty as a rule. */
  static String shading(String type) {
    return type.startsWith(SHADED) ? SHADED : "";
  }

  /**
   * Loops poll for tasks, in one way or another; from 4.1.76 on each is done by {@code runTask}.
   */
  private static void tasks(List<Hook> hooks) {
    hooks.add(TaskHooks.task(CONCURRENT + "SingleThreadEventExecutor", 1, "Submit", "addTask"));
    hooks.add(TaskHooks.task(CONCURRENT + "SingleThreadEventExecutor", 1, "Take", "pollTaskFrom"));
    hooks.add(TaskHooks.task(CONCURRENT + "SingleThreadEventExecutor", 0, "Take", "pollTask"));
    hooks.add(TaskHooks.task(CONCURRENT + "SingleThreadEventExecutor", 0, "Take", "takeTask"));
    hooks.add(
        TaskHooks.task(CONCURRENT + "AbstractScheduledEventExecutor", 1, "Submit", "schedule"));
    hooks.add(TaskHooks.task(CONCURRENT + "AbstractEventExecutor", 1, "Run", "runTask"));
    // Runs once to put itself where it waits for its time, and again for each time.
    hooks.add(TaskHooks.task(CONCURRENT + "ScheduledFutureTask", 0, "Event", "run"));
    String timeout = "io/netty/util/HashedWheelTimer$HashedWheelTimeout";
    hooks.add(TaskHooks.made(timeout));
    hooks.add(TaskHooks.resumed(timeout, "expire", 0));
    // What gRPC's loop is told to write.
    hooks.add(TaskHooks.task("io/grpc/netty/WriteQueue", 2, "Submit", "enqueue"));
    hooks.add(
        TaskHooks.task("io/grpc/netty/WriteQueue$AbstractQueuedCommand", 1, "Dispatch", "run"));
  }

  /** HTTP/2: those that share a connection, and those that wait until there is room for them. */
  private static void requests(List<Hook> hooks) {
    hooks.add(
        TaskHooks.request(
            HTTP + "DefaultHttp2FrameWriter", Hook.ANY, "Written", "writeHeadersInternal"));
    hooks.add(
        TaskHooks.request(HTTP + "DefaultHttp2FrameReader", 3, "Read", "processPayloadState"));
    String waiting = HTTP + "StreamBufferingEncoder$PendingStream";
    hooks.add(TaskHooks.made(waiting));
    hooks.add(TaskHooks.resumed(waiting, "sendFrames", 0));
  }

  private static void sockets(List<Hook> hooks) {
    // Who finds that it is connected goes on for who wanted it to be.
    for (String inside :
        List.of(
            "io/netty/channel/nio/AbstractNioChannel$AbstractNioUnsafe",
            EPOLL + "AbstractEpollChannel$AbstractEpollUnsafe")) {
      hooks.add(TaskHooks.task(inside, 3, "Invoke", "connect"));
      hooks.add(TaskHooks.resumed(inside, "finishConnect", 0));
    }
    hooks.add(
        Hook.hook(
            SOCKETS,
            "io/netty/channel/ChannelOutboundBuffer",
            "addMessage",
            3,
            "RequestAdvice$Queued"));
    hooks.add(socket(EPOLL + "AbstractEpollChannel", "<init>", Hook.ANY, "Made"));
    hooks.add(socket(UNIX + "FileDescriptor", "close", 0, "Close"));
    hooks.add(socket(UNIX + "Socket", "listen", 1, "Listen"));
    hooks.add(socket(UNIX + "Socket", "connect", 1, "Connect"));
    hooks.add(socket(UNIX + "Socket", "finishConnect", 0, "Connected"));
    hooks.add(sockets(UNIX + "Socket", 3, "Read", "recv", "recvAddress"));
    hooks.add(sockets(UNIX + "FileDescriptor", 3, "Read", "read", "readAddress"));
    hooks.add(sockets(UNIX + "Socket", 3, "Write", "send", "sendAddress"));
    hooks.add(sockets(UNIX + "FileDescriptor", 3, "Write", "write", "writeAddress"));
    hooks.add(sockets(UNIX + "FileDescriptor", Hook.ANY, "WriteMany", "writev", "writevAddresses"));
    hooks.add(socket(EPOLL + "LinuxSocket", "sendFile", 4, "WriteMany"));
    hooks.add(sockets(EPOLL + "Native", Hook.ANY, "Select", "epollWait", "epollBusyWait"));
  }

  private static Hook socket(String type, String method, int arity, String advice) {
    return sockets(type, arity, advice, method);
  }

  private static Hook sockets(String type, int arity, String advice, String... methods) {
    return new Hook(SOCKETS, type, List.of(methods), arity, "NativeAdvice$" + advice);
  }
}
