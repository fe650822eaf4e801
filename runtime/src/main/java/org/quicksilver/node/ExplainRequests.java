package org.quicksilver.node;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.quicksilver.config.Home;
import org.quicksilver.handle.Cause;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.handle.Policies;
import org.quicksilver.handle.Policy;
import org.quicksilver.handle.ScopeRules;
import org.quicksilver.transaction.TransactionId;

/** Answers {@code explain}: why a handle belongs to what it belongs to. Node thread only. */
final class ExplainRequests {

  /**
   * A handle, and what follows from what.
   *
   * @param because one sentence each: transaction, thread, scope, policy
   */
  record Explanation(HandleView handle, List<String> because) {}

  private final Home home;
  private final JvmTable jvms;
  private final Links links;
  private final Handles handles;
  private final ConversationTable conversations;
  private final NodePolicies policies;

  ExplainRequests(
      Home home,
      JvmTable jvms,
      Links links,
      Handles handles,
      ConversationTable conversations,
      NodePolicies policies) {
    this.home = home;
    this.jvms = jvms;
    this.links = links;
    this.handles = handles;
    this.conversations = conversations;
    this.policies = policies;
  }

  /** The handle in one slot of one JVM. */
  Explanation explain(Request request) throws RequestException {
    long slot = request.number("slot", -1);
    for (Jvm jvm : jvms.living()) {
      Filter filter = Filter.of(request, links);
      if (filter.passesJvm(jvm.pid(), Integer.toUnsignedLong(jvm.incarnation()))) {
        HandleRecord handle = handles.find(jvm, slot);
        if (handle != null) {
          return explain(jvm, handle);
        }
      }
    }
    throw RequestException.notFound(
        "no handle is open in slot " + slot + " of JVM " + request.text("jvm").orElse("?"));
  }

  private Explanation explain(Jvm jvm, HandleRecord handle) {
    TransactionId tid = links.resolve(handle.transaction());
    List<String> because = new ArrayList<>();
    because.add(transaction(jvm, tid));
    links.of(tid).stream()
        .filter(link -> link.acceptor() == jvm.incarnation())
        .forEach(link -> because.add("this JVM serves it over " + over(link)));
    because.add(thread(handle, tid));
    if (!handle.trace().isEmpty()) {
      because.add("its thread worked for trace " + handle.trace() + " of OpenTelemetry");
    }
    because.add(scope(handle));
    because.add(policy(jvm, handle));
    return new Explanation(handles.view(jvm, handle), because);
  }

  private String over(Link link) {
    JvmRecord opener = link.opener() == 0 ? null : jvms.record(link.opener());
    return link.seenByOpener()
        + (opener == null ? ", opened by a stranger" : ", opened by process " + opener.pid());
  }

  private String transaction(Jvm jvm, TransactionId tid) {
    if (tid.equals(jvm.processTransaction())) {
      return "it belongs to the process itself";
    }
    Conversation conversation = conversations.find(tid);
    JvmRecord owner = jvms.beginner(tid);
    String whose = owner == null ? "" : ", owned by process " + owner.pid();
    if (conversation == null || conversation.local().isEmpty()) {
      return "it belongs to transaction " + tid + whose;
    }
    String connection = conversation.local() + " -> " + conversation.remote();
    return "it belongs to the conversation " + tid + " over " + connection + whose;
  }

  /** Where it belongs to the process now, and did not when it was opened, it was moved. */
  private static String thread(HandleRecord handle, TransactionId tid) {
    boolean isOfProcess = tid.sequence() == 1;
    Cause cause = handle.cause();
    boolean served = cause != Cause.UNKNOWN && cause != Cause.PROCESS && cause != Cause.SHARED;
    if (isOfProcess && served) {
      return "it was opened for another transaction ("
          + cause.sentence()
          + ") and given to the process: "
          + (handle.kind() == HandleKind.PIPE
              ? "a pipe to a child goes with the child"
              : "it was used for several, or a scope rule says so");
    }
    if (!isOfProcess && cause == Cause.PROCESS && handle.kind() == HandleKind.SOCKET) {
      return "it was opened for the process, and a connection of the process is a conversation";
    }
    return cause.sentence();
  }

  private String scope(HandleRecord handle) {
    if (handle.stack().isEmpty()) {
      return "no opening stack was kept, so no scope rule can be asked";
    }
    try {
      return ScopeRules.builtIn()
          .and(home.scopeRules())
          .rule(handle.kind(), handle.stack())
          .map(rule -> "scope rule '" + rule + "' names its opener: it is shared by design")
          .orElse("no scope rule names its opener");
    } catch (IOException e) {
      return "the scope rules cannot be read: " + e;
    }
  }

  private String policy(Jvm jvm, HandleRecord handle) {
    Policies own = jvm.policies();
    return own.rule(handle.kind(), handle.what())
        .map(rule -> "policy of its JVM: " + rule)
        .or(
            () ->
                policies
                    .rules()
                    .rule(handle.kind(), handle.what())
                    .map(rule -> "policy of the node: " + rule))
        .orElse(
            "no policy is about it: "
                + Policy.DEFAULT.action().name().toLowerCase(java.util.Locale.ROOT));
  }
}
