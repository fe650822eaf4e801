package org.quicksilver.agent.instrument;

import java.util.ArrayList;
import java.util.List;

/**
 * Servers, actors, coroutines and the like, which hand out work by themselves; what a version of
 * them lacks is passed over. See {@link NettyHooks} for Netty, {@link ClientHooks} for clients.
 */
final class LibraryHooks {

  private static final String JETTY = "org/eclipse/jetty/";
  private static final String TOMCAT = "org/apache/tomcat/util/";
  private static final String XNIO = "org/xnio/nio/WorkerThread";
  private static final String MINA = "org/apache/mina/";
  private static final String GRIZZLY = "org/glassfish/grizzly/";
  private static final String KOTLIN = "kotlinx/coroutines/";

  /** All of them. */
  static final List<Hook> ALL = all();

  private LibraryHooks() {}

  private static List<Hook> all() {
    List<Hook> hooks = new ArrayList<>(64);
    jetty(hooks);
    tomcat(hooks);
    undertow(hooks);
    mina(hooks);
    vertx(hooks);
    actors(hooks, "akka/");
    actors(hooks, "org/apache/pekko/");
    coroutines(hooks);
    oneAfterAnother(hooks);
    grizzly(hooks);
    sinks(hooks);
    // The JDK's own HTTP server: of requests that came together only the first is read.
    hooks.add(task("sun/net/httpserver/ServerImpl$Dispatcher", 2, "Served", "handle"));
    return List.copyOf(hooks);
  }

  private static Hook task(String type, int arity, String advice, String... methods) {
    return TaskHooks.task(type, arity, advice, methods);
  }

  /** The pool, the threads it keeps in reserve, the strategy of its selectors, what they find. */
  private static void jetty(List<Hook> hooks) {
    String threads = JETTY + "util/thread/";
    hooks.add(task(threads + "QueuedThreadPool", 1, "Submit", "execute"));
    hooks.add(task(threads + "QueuedThreadPool", 1, "Run", "runJob"));
    String reserved = threads + "ReservedThreadExecutor";
    hooks.add(task(reserved, 1, "Submit", "tryExecute"));
    hooks.add(task(reserved + "$ReservedThread", 0, "Take", "reservedWait", "waitForTask"));
    hooks.add(task(threads + "strategy/AdaptiveExecutionStrategy", 1, "Run", "runTask"));
    hooks.add(task(JETTY + "io/SelectableChannelEndPoint", 0, "SelectedSelf", "onSelected"));
    hooks.add(task(JETTY + "io/ChannelEndPoint", 0, "SelectedSelf", "onSelected"));
    hooks.add(TaskHooks.request(JETTY + "http2/parser/HeaderParser", 1, "Begun", "parse"));
    hooks.add(task(JETTY + "http2/HTTP2Connection", 2, "Submit", "offerTask"));
    hooks.add(task(JETTY + "http2/HTTP2Connection", 0, "Take", "pollTask"));
  }

  /** Its own copy of the JDK's pool; it tells the application before anybody reads. */
  private static void tomcat(List<Hook> hooks) {
    hooks.add(task(TOMCAT + "threads/ThreadPoolExecutor", 1, "Submit", "execute"));
    hooks.add(task(TOMCAT + "threads/ThreadPoolExecutor", 0, "Take", "getTask"));
    hooks.add(task(TOMCAT + "threads/ThreadPoolExecutor$Worker", 0, "First", "run"));
    hooks.add(task(TOMCAT + "net/NioEndpoint$Poller", 2, "Selected", "processKey"));
    // The first came before there were numbers, and is done when others may have come.
    String upgraded = "org/apache/coyote/http2/Http2UpgradeHandler";
    hooks.add(TaskHooks.made("org/apache/coyote/http2/Stream"));
    hooks.add(task(upgraded, 1, "GoOn", "processStreamOnContainerThread"));
    hooks.add(
        TaskHooks.request(upgraded, Hook.ANY, "Told", "headersStart", "startRequestBodyFrame"));
  }

  /** And WildFly. */
  private static void undertow(List<Hook> hooks) {
    hooks.add(TaskHooks.made("org/jboss/threads/EnhancedQueueExecutor$Task"));
    hooks.add(TaskHooks.resumed("org/jboss/threads/EnhancedQueueExecutor$Task", "run", 0));
    hooks.add(task(XNIO, 1, "Submit", "execute", "queueTask"));
    hooks.add(task(XNIO, 3, "Submit", "executeAfter"));
    hooks.add(task(XNIO, 1, "Run", "safeRun"));
    String frame = "io/undertow/protocols/http2/Http2FrameHeaderParser";
    hooks.add(TaskHooks.request(frame, 1, "BegunOnce", "handle"));
    // Over TLS it may go on with what it has read before.
    hooks.add(task("org/xnio/nio/NioSocketConduit", 1, "SelectedConduit", "handleReady"));
  }

  /** Pools that keep the events of a session in order; what its loops have written. */
  private static void mina(List<Hook> hooks) {
    for (String pool :
        List.of(
            "OrderedThreadPoolExecutor",
            "PriorityThreadPoolExecutor",
            "UnorderedThreadPoolExecutor")) {
      hooks.add(task(MINA + "filter/executor/" + pool, 1, "Submit", "execute"));
      hooks.add(task(MINA + "filter/executor/" + pool + "$Worker", 1, "Run", "runTask"));
    }
    hooks.add(TaskHooks.made(MINA + "core/write/DefaultWriteRequest"));
    hooks.add(TaskHooks.made(MINA + "core/write/WriteRequestWrapper"));
    String chain = MINA + "core/filterchain/DefaultIoFilterChain";
    hooks.add(task(chain, 1, "Run", "fireMessageSent"));
  }

  /** Blocking work in order; whoever gives a lock back gives it to the next. */
  private static void vertx(List<Hook> hooks) {
    hooks.add(task("io/vertx/core/impl/TaskQueue", 2, "CarryLambda", "execute"));
    hooks.add(task("io/vertx/core/impl/WorkerTask", 0, "Again", "run"));
    String waiter = "io/vertx/core/shareddata/impl/LocalAsyncLocks$LockWaiter";
    hooks.add(TaskHooks.made(waiter));
    hooks.add(TaskHooks.resumed(waiter, "acquireLock", 0));
  }

  /** A mailbox has the messages of all; and their timer. */
  private static void actors(List<Hook> hooks, String root) {
    hooks.add(TaskHooks.made(root + "dispatch/Envelope"));
    hooks.add(task(root + "actor/ActorCell", 1, "Run", "invoke"));
    String timed = root + "actor/LightArrayRevolverScheduler$TaskHolder";
    hooks.add(TaskHooks.made(timed));
    hooks.add(TaskHooks.resumed(timed, "executeTask", 0));
  }

  private static void coroutines(List<Hook> hooks) {
    String scheduler = KOTLIN + "scheduling/CoroutineScheduler";
    hooks.add(task(scheduler, 2, "Submit", "createTask"));
    hooks.add(TaskHooks.made(KOTLIN + "scheduling/TaskImpl"));
    hooks.add(task(scheduler, 1, "Run", "runSafely"));
    String limited = KOTLIN + "internal/LimitedDispatcher";
    hooks.add(task(limited, 2, "CarrySecond", "dispatch", "dispatchYield"));
    String loop = KOTLIN + "EventLoopImplBase$Delayed";
    hooks.add(TaskHooks.made(loop + "Task"));
    hooks.add(TaskHooks.resumed(loop + "ResumeTask", "run", 0));
    hooks.add(TaskHooks.resumed(loop + "RunnableTask", "run", 0));
  }

  /** Its pools; it looks for one connection in the middle of a request. */
  private static void grizzly(List<Hook> hooks) {
    String pools = GRIZZLY + "threadpool/";
    hooks.add(task(pools + "FixedThreadPool", 1, "Submit", "execute"));
    hooks.add(task(pools + "QueueLimitedThreadPool", 1, "Submit", "execute"));
    hooks.add(task(pools + "SyncThreadPool", 1, "Submit", "execute"));
    hooks.add(task(pools + "FixedThreadPool$BasicWorker", 0, "Take", "getTask"));
    hooks.add(task(pools + "SyncThreadPool$SyncThreadWorker", 0, "Take", "getTask"));
    String timeout = GRIZZLY + "http/server/Response$SuspendTimeout";
    hooks.add(TaskHooks.made(timeout));
    hooks.add(task(timeout, 0, "Again", "onTimeout"));
    hooks.add(task(GRIZZLY + "nio/tmpselectors/TemporarySelectorPool", 1, "Around", "offer"));
  }

  /** A value that anybody may give goes to who has subscribed. */
  private static void sinks(List<Hook> hooks) {
    String publisher = "reactor/core/publisher/";
    hooks.add(TaskHooks.made(publisher + "MonoCreate$DefaultMonoSink"));
    hooks.add(
        task(publisher + "MonoCreate$DefaultMonoSink", Hook.ANY, "Again", "success", "error"));
    for (String inner : List.of("SinkOneMulticast$NextInner", "SinkEmptyMulticast$VoidInner")) {
      hooks.add(TaskHooks.made(publisher + inner));
      hooks.add(task(publisher + inner, Hook.ANY, "Again", "complete", "error"));
    }
    String value = publisher + "Operators$MonoInnerProducerBase";
    hooks.add(task(value, Hook.ANY, "Again", "complete"));
  }

  /** Executors that do what several have given in one task of another. */
  private static void oneAfterAnother(List<Hook> hooks) {
    hooks.add(task("com/google/common/util/concurrent/SequentialExecutor", 1, "Carry", "execute"));
    String rx = "io/reactivex/rxjava3/internal/schedulers/ExecutorScheduler$ExecutorWorker";
    hooks.add(task(rx, 1, "Carry", "schedule"));
    String reactor = "reactor/core/scheduler/ExecutorScheduler$ExecutorSchedulerTrampolineWorker";
    hooks.add(task(reactor, 1, "Carry", "schedule"));
    // Netty 3.
    String selector = "org/jboss/netty/channel/socket/nio/AbstractNioSelector";
    hooks.add(task(selector, 1, "Carry", "registerTask"));
    String timeout = "org/jboss/netty/util/HashedWheelTimer$HashedWheelTimeout";
    hooks.add(TaskHooks.made(timeout));
    hooks.add(TaskHooks.resumed(timeout, "expire", 0));
  }
}
