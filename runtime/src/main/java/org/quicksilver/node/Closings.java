package org.quicksilver.node;

import org.quicksilver.transaction.TransactionId;
import org.quicksilver.transaction.TransactionState;

/**
 * Ends conversations: when both ends of their connection are closed, or their owner is dead. Node
 * thread only.
 *
 * <p>Source: design.md section 4, "Conversation"; transaction-manager.md, "Failure is not
 * termination".
 */
final class Closings {

  private final JvmTable jvms;
  private final Links links;
  private final ConversationTable conversations;
  private final TransactionTable transactions;
  private final TransactionShell shell;

  Closings(
      JvmTable jvms,
      Links links,
      ConversationTable conversations,
      TransactionTable transactions,
      TransactionShell shell) {
    this.jvms = jvms;
    this.links = links;
    this.conversations = conversations;
    this.transactions = transactions;
    this.shell = shell;
  }

  /** One end of a connection is closed. */
  void onClosed(int jvm, TransactionId tag, String local, String remote, boolean accepted) {
    Link link = accepted ? links.find(jvm, local, remote) : null;
    TransactionId tid = links.resolve(link == null ? tag : link.transaction());
    Conversation conversation = conversations.find(tid);
    if (conversation == null || !isUndecided(tid)) {
      return;
    }
    if (link != null && !link.closed()) {
      links.put(link.closedNow());
    }
    boolean byOwner = conversation.owner() == jvm && conversation.stranger() == accepted;
    if (byOwner && conversation.isOver(local, remote)) {
      conversations.put(conversation.closedByOwner());
      endIfClosed(tid);
    } else if (accepted) {
      closedByServer(tid, remote, local);
    }
  }

  private void closedByServer(TransactionId tid, String ownersEnd, String otherEnd) {
    Conversation conversation = conversations.find(tid);
    if (conversation != null && conversation.isOver(ownersEnd, otherEnd)) {
      conversations.put(conversation.closedByServer());
      endIfClosed(tid);
    }
  }

  private boolean isUndecided(TransactionId tid) {
    TransactionState state = transactions.find(tid);
    return state != null && state.outcome() == null && !state.phase().isEnded();
  }

  private void endIfClosed(TransactionId tid) {
    Conversation conversation = conversations.find(tid);
    TransactionState state = transactions.find(tid);
    if (conversation != null
        && state != null
        && isUndecided(tid)
        && conversation.isToEnd(state.isFailed())) {
      shell.ownerCommits(tid);
    }
  }

  /** A JVM is dead: what it owned ends, what it served is failed. */
  void onDeath(int incarnation, boolean leaving) {
    for (TransactionState state : transactions.active()) {
      if (state.ownership().localIncarnation() == incarnation && isUndecided(state.tid())) {
        end(state.tid(), incarnation, leaving);
      }
    }
    shell.died(incarnation);
    transactions.active().forEach(state -> endIfClosed(state.tid()));
  }

  /** It ends as its owner would have ended it; of one that is owned elsewhere others know. */
  void endIfOwnerIsDead(TransactionId tid) {
    TransactionState state = transactions.find(tid);
    int incarnation = state == null ? 0 : state.ownership().localIncarnation();
    JvmRecord owner = jvms.record(incarnation);
    if (incarnation != 0 && owner == null) {
      shell.ownerDied(tid, incarnation);
    } else if (owner != null && owner.isDead()) {
      end(tid, owner.incarnation(), owner.leaving());
    }
  }

  /** An orderly exit closes connections; what a program began and did not commit is aborted. */
  private void end(TransactionId tid, int owner, boolean leaving) {
    boolean isOfProgram = tid.sequence() != 1 && conversations.find(tid) == null;
    if (leaving && !isOfProgram) {
      shell.ownerCommits(tid);
    } else {
      shell.ownerDied(tid, owner);
    }
  }

  /** A node has taken over: owners may have died so long ago that nothing is known of them. */
  void endThoseOfTheDead() {
    transactions.active().stream()
        .filter(state -> isUndecided(state.tid()))
        .forEach(state -> endIfOwnerIsDead(state.tid()));
  }
}
