package org.quicksilver.agent.track;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.quicksilver.handle.Cause;
import org.quicksilver.handle.HandleKind;
import org.quicksilver.handle.HandleRecord;
import org.quicksilver.handle.Slot;

/**
 * One open handle. Refers to the application's object weakly: what we watch we never keep alive.
 *
 * <p>Opening a file costs one of these, in memory above all: so it is packed, and what only those
 * without a descriptor have is in {@link ObjectHandle}.
 *
 * <p>Thread-safe. Whoever wants to close it claims it first, see {@link #claim}.
 */
public class Handle extends WeakReference<Object> {

  private static final VarHandle STATE;
  private static final VarHandle WHAT;
  private static final VarHandle BRANCH;
  private static final VarHandle STACK;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      STATE = lookup.findVarHandle(Handle.class, "state", byte.class);
      WHAT = lookup.findVarHandle(Handle.class, "what", byte[].class);
      BRANCH = lookup.findVarHandle(Handle.class, "branch", Branch.class);
      STACK = lookup.findVarHandle(Handle.class, "stack", Object.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static final byte OPEN = 0;
  private static final byte CLAIMED = 1;
  private static final byte CLOSED = 2;

  final @Nullable Slot slot;
  final int descriptor;
  private final byte kind;
  private final boolean accepted;
  private final long openedAtMillis;
  private final byte[] thread;
  private final String trace;

  // Not volatile: a new handle is published by the table, and three fences would cost more than all
  // the rest of it.
  private int generation;
  private byte[] what;
  private Branch branch;
  private @Nullable Object stack;
  private @Nullable Object flow;
  private volatile boolean lost;
  private volatile boolean found;
  private volatile boolean accused;
  private volatile boolean exempt;
  private volatile boolean watched;
  private volatile byte state;

  Handle(Opening opening, @Nullable Slot slot, int descriptor, ReferenceQueue<Object> collected) {
    super(opening.object(), collected);
    this.slot = slot;
    this.descriptor = descriptor;
    this.kind = (byte) opening.kind().code();
    this.accepted = opening.accepted();
    this.openedAtMillis = opening.atMillis();
    this.thread = opening.thread();
    this.trace = opening.trace();
    this.what = opening.what();
    this.branch = opening.branch();
    this.stack = opening.stack();
  }

  /**
   * A handle at the moment it is opened; handed on to nobody but the constructor, so that it takes
   * no memory.
   *
   * @param extra see {@link HandleRecord#extra}
   * @param trace see {@link HandleRecord#trace}
   */
  record Opening(
      HandleKind kind,
      boolean accepted,
      Object object,
      byte[] what,
      long extra,
      Branch branch,
      long atMillis,
      byte[] thread,
      String trace,
      @Nullable Throwable stack) {}

  /** Which use of its slot it is. */
  final int generation() {
    return generation;
  }

  /** Says so, before anybody else knows the handle. */
  final void generation(int use) {
    generation = use;
  }

  /** Number of its descriptor; -1 if it has several or none. */
  public int descriptor() {
    return descriptor;
  }

  /** What it is. */
  public final HandleKind kind() {
    return HandleKind.ofCode(kind);
  }

  /** Whether it is a connection that was accepted. */
  public boolean accepted() {
    return accepted;
  }

  /** Path, endpoints, title or command. */
  public String what() {
    return new String(description(), StandardCharsets.UTF_8);
  }

  /** The branch it belongs to. */
  public Branch branch() {
    return (Branch) BRANCH.getAcquire(this);
  }

  /** See {@link HandleRecord#extra}. */
  public long extra() {
    return 0;
  }

  /** What was read from it, if it is a connection that was accepted. */
  @Nullable Inflow inflow() {
    return flow instanceof Inflow in ? in : null;
  }

  void inflow(Inflow in) {
    flow = in;
  }

  /** What is written over it, which is a connection that this process opened. */
  Outflow outflow() {
    if (flow instanceof Outflow known) {
      return known;
    }
    synchronized (this) {
      Outflow out = flow instanceof Outflow known ? known : new Outflow();
      flow = out;
      return out;
    }
  }

  /** Somebody reads from it, if anything was written over it. */
  void heard() {
    if (flow instanceof Outflow known) {
      known.heard();
    }
  }

  /** Nothing more is written over it, if anything was. */
  void outflowEnds() {
    if (flow instanceof Outflow known) {
      known.close();
    }
  }

  /** Remembers that nobody closed it: the collector did, or its descriptor was seen again. */
  void lost() {
    lost = true;
  }

  /**
   * It was closed after all, only later than its descriptor was seen again; whoever sees that may
   * say so even later.
   */
  void found() {
    found = true;
  }

  /**
   * Whether it was collected before anybody closed it. Known once it has been taken from {@link
   * Handles#nextCollected}.
   */
  public boolean isUnreachable() {
    return !found && (lost || (get() == null && state != CLOSED));
  }

  /** See {@link HandleRecord#trace}. */
  public String trace() {
    return trace;
  }

  /** When it was opened, milliseconds since 1970. */
  public long openedAtMillis() {
    return openedAtMillis;
  }

  /**
   * Takes the right to close it; only one gets it.
   *
   * @return false if it is closed, or somebody else is closing it
   */
  public boolean claim() {
    return STATE.compareAndSet(this, OPEN, CLAIMED);
  }

  /** Gives the right back: closing it failed. */
  public void unclaim() {
    STATE.compareAndSet(this, CLAIMED, OPEN);
  }

  /** Whether the handle of the operating system is gone. */
  public boolean isClosed() {
    return state == CLOSED;
  }

  /** Marks it as gone. For the one who took it out of its table. */
  void markClosed() {
    STATE.setRelease(this, CLOSED);
  }

  boolean isClaimed() {
    return state == CLAIMED;
  }

  /** Remembers that it was reported as left open, so that the accusation can be withdrawn. */
  public void accuse() {
    accused = true;
  }

  /** Forgets that: the report was withdrawn. */
  public void acquit() {
    accused = false;
  }

  /** Whether it was reported as left open, and the report still stands. */
  public boolean accused() {
    return accused;
  }

  /** Remembers that it is shared by design, and may be open as long as it likes. */
  public void exempt() {
    exempt = true;
  }

  /** Whether it is known to be shared by design. */
  public boolean isExempt() {
    return exempt;
  }

  /** From now on its closing is told to the node. */
  public void watch() {
    watched = true;
  }

  boolean watched() {
    return watched;
  }

  void describe(byte[] text) {
    WHAT.setRelease(this, text);
  }

  /** {@link #what} as bytes; not to be changed. */
  byte[] description() {
    return (byte[]) WHAT.getAcquire(this);
  }

  void move(Branch to) {
    BRANCH.setRelease(this, to);
  }

  /** The opening stack as it was recorded, if it has not been rendered yet. */
  public @Nullable Throwable rawStack() {
    return STACK.getAcquire(this) instanceof Throwable raw ? raw : null;
  }

  /** Replaces the recorded stack, which keeps classes alive, by its text. */
  public void renderedStack(String text) {
    STACK.setRelease(this, text);
  }

  /** The opening stack, one frame a line, innermost first; empty if none was kept. */
  public String stack() {
    Object recorded = STACK.getAcquire(this);
    return recorded instanceof Throwable raw
        ? Stacks.render(raw)
        : recorded == null ? "" : (String) recorded;
  }

  /** As it is told to the node. */
  public HandleRecord toRecord() {
    return new HandleRecord(
        slot == null ? -1 : slot.number(),
        generation(),
        kind(),
        accepted,
        branch().transaction(),
        openedAtMillis,
        new String(thread, StandardCharsets.UTF_8),
        what(),
        true,
        extra(),
        stack(),
        Cause.UNKNOWN,
        trace);
  }

  /** The number of its descriptor is at hand; an identity hash costs a call into the JVM. */
  @Override
  public int hashCode() {
    return descriptor;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other == this;
  }
}
