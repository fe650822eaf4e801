package org.quicksilver.agent.instrument;

import java.util.ArrayList;
import java.util.List;

/**
 * Requests that a servlet suspends: whoever has them gone on with, be it for another client, they
 * stay those of who sent them. A servlet's container keeps an object for each that says how far it
 * is, and uses most of these again; what a version lacks is passed over.
 */
final class ServletHooks {

  private static final String COYOTE = "org/apache/coyote/";
  private static final String UNDERTOW = "io/undertow/servlet/spec/AsyncContextImpl";

  /** All of them. */
  static final List<Hook> ALL = all();

  private ServletHooks() {}

  private static List<Hook> all() {
    List<Hook> hooks = new ArrayList<>();
    tomcat(hooks);
    // Until 11, and from 12 on those for the servlets of old and of new.
    jetty(hooks, "server/", "HttpChannel");
    jetty(hooks, "ee8/nested/", "HttpChannel");
    jetty(hooks, "ee9/nested/", "HttpChannel");
    jetty(hooks, "ee10/servlet/", "ServletChannel");
    jetty(hooks, "ee11/servlet/", "ServletChannel");
    undertow(hooks);
    return List.copyOf(hooks);
  }

  /** What else a connection has to do is handed over with it: hence not {@code dispatch} alone. */
  private static void tomcat(List<Hook> hooks) {
    String machine = COYOTE + "AsyncStateMachine";
    hooks.add(servlet(machine, 1, "Suspended", "asyncStart"));
    hooks.add(servlet(machine, 0, "Recycled", "recycle"));
    hooks.add(TaskHooks.task(machine, Hook.ANY, "Again", "asyncRun", "asyncPostProcess"));
    hooks.add(
        servlet(
            COYOTE + "AbstractProcessor",
            Hook.ANY,
            "OfMachine",
            "dispatch",
            "processSocketEvent",
            "executeDispatches"));
  }

  private static void jetty(List<Hook> hooks, String place, String channel) {
    String type = "org/eclipse/jetty/" + place;
    hooks.add(servlet(type + channel + "State", 1, "Suspended", "startAsync"));
    hooks.add(servlet(type + channel + "State", 0, "Recycled", "recycle"));
    hooks.add(servlet(type + channel, Hook.ANY, "OfState", "handle", "execute"));
    hooks.add(servlet(type + "AsyncContextState", 1, "OfState", "start"));
  }

  private static void undertow(List<Hook> hooks) {
    hooks.add(servlet(UNDERTOW, Hook.ANY, "Made", "<init>"));
    hooks.add(
        TaskHooks.task(
            UNDERTOW,
            Hook.ANY,
            "Again",
            "start",
            "processAsyncTask",
            "completeInternal",
            "onAsyncComplete",
            "onAsyncTimeout",
            "onAsyncError"));
  }

  private static Hook servlet(String type, int arity, String advice, String... methods) {
    return new Hook("executor", type, List.of(methods), arity, "ServletAdvice$" + advice);
  }
}
