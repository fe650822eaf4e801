package org.quicksilver.agent.track;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.quicksilver.transaction.TransactionId;

/**
 * What this JVM does within one transaction: the process itself, a conversation it began, a
 * connection it accepted, or what a program says it does. Handles refer to their branch, so that
 * all of them follow when its transaction becomes known.
 *
 * <p>Thread-safe.
 */
public final class Branch {

  /** How a branch came to be. */
  public enum Origin {
    /** The process transaction. */
    PROCESS,
    /** A connection that this process opened under its process transaction. */
    CONVERSATION,
    /** A connection that this process accepted. */
    ACCEPTED,
    /** A transaction of a program that knows of them. */
    PROGRAM
  }

  /** Two a second; the node gives a search up after two seconds, and asks again if it restarts. */
  private static final int LOOKS_FOR_AN_ANSWER = 60;

  private static final VarHandle OPEN;

  static {
    try {
      OPEN = MethodHandles.lookup().findVarHandle(Branch.class, "open", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final byte[] NOT_CONNECTED = {};

  private final Origin origin;
  private final TransactionId provisional;
  private volatile int open;
  private volatile TransactionId transaction;
  private volatile boolean ended;
  private volatile byte[] connection = NOT_CONNECTED;
  private volatile long acceptedAtMillis;
  private volatile @Nullable Handle handle;
  private final Branch root;
  private final int request;
  private volatile long from;
  private volatile boolean asked;
  private volatile @Nullable Branch heir;
  private volatile boolean announced;
  private int emptyLooks;

  Branch(Origin origin, TransactionId transaction) {
    this(origin, transaction, null, 0);
  }

  /**
   * One of a part of a connection's stream.
   *
   * @param connection the branch of the connection; null if it is that
   * @param request see {@link #request()}
   */
  Branch(Origin origin, TransactionId transaction, @Nullable Branch connection, int request) {
    this.root = connection == null ? this : connection;
    this.request = request;
    this.origin = origin;
    this.provisional = transaction;
    this.transaction = transaction;
  }

  /** How it came to be. */
  public Origin origin() {
    return origin;
  }

  /** The ID it was given here. */
  public TransactionId provisional() {
    return provisional;
  }

  /**
   * The transaction it belongs to: the provisional ID until the node has found whose connection it
   * is.
   */
  public TransactionId transaction() {
    return transaction;
  }

  /**
   * The connection that began it, {@code local -> remote}; empty if there is none or it is not yet
   * connected.
   */
  public String connection() {
    return new String(connection, StandardCharsets.UTF_8);
  }

  /** When that was accepted, milliseconds since 1970; 0 if it was not. */
  public long acceptedAtMillis() {
    return acceptedAtMillis;
  }

  /** The socket of that connection; null if there is none, or it has ended. */
  public @Nullable Handle connectionHandle() {
    return handle;
  }

  /** Whether its transaction has ended: nothing new is tagged with it. */
  public boolean ended() {
    return ended;
  }

  /** Number of its handles that are open. */
  public int openHandles() {
    return open;
  }

  /** Whether it is about a part of a connection's stream, and not about the connection. */
  public boolean isTurn() {
    return root != this;
  }

  /** That of the whole connection; itself if it is about no part of one. */
  public Branch ofConnection() {
    return root;
  }

  /** The first byte of its part of the stream. */
  public long from() {
    return from;
  }

  /** Number of the request which that part is; 0 if it has none. */
  public int request() {
    return request;
  }

  void from(long offset) {
    from = offset;
  }

  /** Whether it is to be told to the node as soon as that is known to be worth it. */
  boolean isAsked() {
    return asked;
  }

  /** Says whether it is, see {@link #isAsked}. */
  public void ask(boolean wanted) {
    asked = wanted;
  }

  /**
   * Whether nothing has been open for it since the last look; where the node was asked whose it is,
   * as long as an answer may take. Worker thread only.
   */
  boolean staysEmpty() {
    emptyLooks = open == 0 ? emptyLooks + 1 : 0;
    return emptyLooks > (announced && !isJoined() ? LOOKS_FOR_AN_ANSWER : 1);
  }

  /** Nobody knows it any more, until something is opened for it again. Worker thread only. */
  void beginAnew() {
    transaction = provisional;
    emptyLooks = 0;
    announced = false;
    asked = false;
  }

  /** Who gets what would be opened for it; null if it does. */
  @Nullable Branch heir() {
    return heir;
  }

  void heir(Branch next) {
    heir = next;
  }

  /**
   * Whether it may be of another transaction: it is of another connection, or of one that serves
   * several, or that is known.
   */
  boolean isOtherThan(Branch branch) {
    boolean known = root != branch.root || root.heir != null || (isJoined() && branch.isJoined());
    return known && !transaction.equals(branch.transaction);
  }

  private boolean isJoined() {
    return !transaction.equals(provisional);
  }

  /** Remembers that the node was told of it. Worker thread only. */
  public void announce() {
    announced = true;
  }

  /** Whether the node was told of it. */
  public boolean announced() {
    return announced;
  }

  void join(TransactionId joined) {
    transaction = joined;
  }

  /** Somebody may keep it to say whose something was, but nobody its connection. */
  void end() {
    ended = true;
    handle = null;
  }

  /** What {@link #connection} says, in UTF-8; not to be changed. */
  void connection(byte[] ends) {
    connection = ends;
  }

  void accepted(byte[] ends, long atMillis) {
    acceptedAtMillis = atMillis;
    connection = ends;
  }

  /** It is over the same connection. */
  void over(Branch other) {
    connection = other.connection;
    acceptedAtMillis = other.acceptedAtMillis;
  }

  void connectionHandle(@Nullable Handle socket) {
    handle = socket;
  }

  /** The process's own handles are many and never counted. */
  void opened() {
    if (origin != Origin.PROCESS) {
      OPEN.getAndAdd(this, 1);
    }
  }

  void closed() {
    if (origin != Origin.PROCESS) {
      OPEN.getAndAdd(this, -1);
    }
  }
}
