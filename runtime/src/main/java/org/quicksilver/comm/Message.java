package org.quicksilver.comm;

import java.util.List;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.handle.Verdict;
import org.quicksilver.transaction.TransactionId;

/**
 * What agents, commands and nodes say to one another. Encoded by {@link MessageCodec}.
 *
 * <p>A connection begins with {@link Hello} (an agent), {@link AdminRequest} (a command) or {@link
 * LinkMessage.Introduce} (another node); over TCP the node sends {@link Challenge} before that.
 * Anything else first, or a wrong version, is answered by {@link Refused} and the end of the
 * connection.
 */
public sealed interface Message
    permits Message.Challenge,
        Message.Hello,
        Message.Welcome,
        Message.Refused,
        Message.Accepted,
        Message.Joined,
        Message.Watch,
        Message.Closed,
        Message.Sought,
        Message.Opened,
        Message.Recalled,
        Message.End,
        Message.EndAck,
        Message.Report,
        Message.ReportAck,
        Message.PolicyChange,
        Message.AdminRequest,
        Message.AdminResponse,
        LinkMessage,
        ProgramMessage,
        TurnMessage {

  /** Version of this protocol; both ends must have the same. */
  int VERSION = 4;

  /** Node to either, over TCP only: prove that you know the owner's secret. */
  record Challenge(byte[] nonce) implements Message {}

  /**
   * Agent to node: here I am. Sent again after each reconnect, followed by {@link Accepted} for
   * every accepted connection that is open.
   *
   * @param version {@link #VERSION}
   * @param incarnation of the process; its breadcrumb file is found by it
   * @param pid process ID, for people
   * @param policies the JVM's own rules, in their textual form
   * @param proof SHA-256 of the secret and the nonce; empty over the socket file
   */
  record Hello(int version, int incarnation, long pid, String policies, byte[] proof)
      implements Message {}

  /**
   * Node to agent: you are registered.
   *
   * @param node identity of the node
   * @param incarnation of the node's process
   * @param policies the node's rules for all JVMs
   */
  record Welcome(long node, int incarnation, String policies) implements Message {}

  /** Node to either: not like this; the connection ends. */
  record Refused(String reason) implements Message {}

  /**
   * Agent to node: a connection was accepted; whose is it?
   *
   * @param provisional the transaction it is tagged with for now
   * @param local this end, as {@link org.quicksilver.handle.Endpoints} writes it
   * @param remote the other end
   * @param acceptedAtMillis when, milliseconds since 1970: another may have had its ends before
   */
  record Accepted(TransactionId provisional, String local, String remote, long acceptedAtMillis)
      implements Message {}

  /** Node to agent: what you tagged with the first is part of the second. */
  record Joined(TransactionId provisional, TransactionId transaction) implements Message {}

  /**
   * Node to agent: tell me when the connection you opened under this transaction is closed, at once
   * if it already is.
   */
  record Watch(TransactionId transaction, String local, String remote) implements Message {}

  /**
   * Agent to node: this end of a connection is closed.
   *
   * @param accepted whether this end was the accepting one
   */
  record Closed(TransactionId transaction, String local, String remote, boolean accepted)
      implements Message {}

  /**
   * Node to agent: which of these had you opened? They are closed at that end, or are somebody
   * else's. Answered by any number of {@link Opened}, and then {@link Recalled}.
   *
   * @param number names the question
   * @param connections {@code local -> remote}, as their opener has them
   */
  record Sought(long number, List<String> connections) implements Message {}

  /**
   * Agent to node: I had opened that one, and closed it lately.
   *
   * @param connection one of those that are {@link Sought}
   * @param transaction what it was tagged with
   * @param openedAtMillis when it was opened, milliseconds since 1970
   * @param closedAtMillis when it was closed
   */
  record Opened(
      String connection, TransactionId transaction, long openedAtMillis, long closedAtMillis)
      implements Message {}

  /** Agent to node: those were all that I know of what was {@link Sought} under that number. */
  record Recalled(long number) implements Message {}

  /**
   * Node to agent: the transaction has ended; give back what you hold of it, as your policy says.
   * May come twice.
   */
  record End(TransactionId transaction, boolean aborted) implements Message {}

  /** Agent to node: taken notice of. What is reclaimed after the grace comes as {@link Report}. */
  record EndAck(TransactionId transaction) implements Message {}

  /**
   * Agent to node: an event about one handle, for the audit trail. Sent again after a reconnect
   * until acknowledged.
   *
   * @param number number of the report in this process, from 1
   * @param atMillis when it happened, milliseconds since 1970
   * @param event what happened
   * @param aborted how the transaction ended, if it did
   * @param sinceEndMicros time from taking notice of the end to the event, microseconds
   * @param handle the handle
   * @param note why it failed, or empty; in further lines, where it was closed
   */
  record Report(
      long number,
      long atMillis,
      Verdict event,
      boolean aborted,
      long sinceEndMicros,
      HandleRecord handle,
      String note)
      implements Message {}

  /** Node to agent: that report is in the audit trail. */
  record ReportAck(long number) implements Message {}

  /** Node to agent: the node's rules for all JVMs have changed. */
  record PolicyChange(String policies) implements Message {}

  /**
   * Command to node. The answer is one {@link AdminResponse}.
   *
   * @param version {@link #VERSION}
   * @param proof the secret itself over the socket file, for commands that end a transaction or
   *     change policies; over TCP SHA-256 of the secret and the nonce; empty if not needed
   * @param json the request, see {@code org.quicksilver.node}
   */
  record AdminRequest(int version, byte[] proof, String json) implements Message {}

  /** Node to command: the answer as JSON, {@code {"error": ...}} if there is none. */
  record AdminResponse(String json) implements Message {}
}
